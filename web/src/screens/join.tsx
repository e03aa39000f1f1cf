import { onboardingTexts } from '@hems/shared/i18n/onboarding';
import type { ReactNode } from 'react';
import { InvitedCard } from '../join/invited-card.tsx';
import styles from '../join/join.module.css';
import { OpenCard } from '../join/open-card.tsx';
import { useTexts } from '../preferences/preferences.tsx';

/** For whoever has no home here yet, or wants another one: their own, a demo, or one they were invited to. */
export const Join = (): ReactNode => {
  const { join: s, place } = useTexts(onboardingTexts);
  return (
    <div className={`${styles['join']} ${styles['wide']}`}>
      <h1>{s.title}</h1>
      <p className={styles['lead']}>{s.lead}</p>
      <OpenCard kind="own" s={s} building={place} />
      <div className={styles['column']}>
        <OpenCard kind="demo" s={s} building={place} />
        <InvitedCard s={s} />
      </div>
    </div>
  );
};
