import type { OriginLabel } from '@hems/shared/view/origin-label';
import { lazy, Suspense, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import styles from './head.module.css';

/** Fetched after the first screen; the label itself stands without it. */
const Story = lazy(async () =>
  import('./origin-story.tsx').then(
    (found) => ({ default: found.OriginStory }),
    () => ({ default: () => null }),
  ),
);

/** Says of a demo home that it is one, and on request from where its values come. */
export const Origin = ({ origin }: { readonly origin: OriginLabel }): ReactNode => {
  const t = useMessages();
  return (
    <details className={styles['origin']}>
      <summary>
        {origin.short} <span className={styles['more']}>{t.origin.more}</span>
      </summary>
      <Suspense fallback={<p>{t.loading}</p>}>
        <Story origin={origin.origin} />
      </Suspense>
    </details>
  );
};
