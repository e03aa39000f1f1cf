import { originTexts } from '@hems/shared/i18n/origin';
import type { OriginLabel } from '@hems/shared/view/origin-label';
import { originStory } from '@hems/shared/view/origin-story';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { Popover } from '../ui/popover.tsx';
import styles from './head.module.css';

/** The label of a demo home; it opens to tell in full from where its values come. */
export const OriginStory = ({ origin }: { readonly origin: OriginLabel }): ReactNode => {
  const t = useMessages();
  const s = useTexts(originTexts);
  return (
    <Popover label={origin.short} className={styles['origin']} sign={<span>{t.origin.demo}</span>}>
      <p>{originStory(origin.origin, { t, s })}</p>
    </Popover>
  );
};
