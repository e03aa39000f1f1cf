import type { OriginLabel } from '@hems/shared/view/origin-label';
import { Suspense, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { lazyOr } from '../ui/lazy-or.ts';
import styles from './head.module.css';

type Props = { readonly origin: OriginLabel };

const Label = ({ origin }: Props): ReactNode => (
  <span className={styles['origin']} title={origin.short}>
    <span>{useMessages().origin.demo}</span>
  </span>
);

/** Fetched after the first screen; the label itself stands without it. */
const Story = lazyOr(Label, async () => (await import('./origin-story.tsx')).OriginStory);

/** Says of a demo home that it is one, and on request from where its values come. */
export const Origin = ({ origin }: Props): ReactNode => (
  <Suspense fallback={<Label origin={origin} />}>
    <Story origin={origin} />
  </Suspense>
);
