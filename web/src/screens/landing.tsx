import { landingTexts } from '@hems/shared/i18n/landing';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isEnded } from '../auth/session-ended.ts';
import { useTexts } from '../preferences/preferences.tsx';
import styles from './landing.module.css';
import { SignInButton } from './sign-in-button.tsx';

/** What anyone sees who is not signed in, at any address; signing in comes back to that address. */
export const Landing = (): ReactNode => {
  const s = useTexts(landingTexts);
  const { href } = useLocation();
  return (
    <div className={styles['landing']}>
      <div className={styles['hero']}>
        <h1 className={styles['title']}>{s.title}</h1>
        <p className={styles['lead']}>{isEnded() ? s.ended : s.lead}</p>
        <SignInButton returnTo={href} />
      </div>
      <ul className={styles['points']}>
        {s.points.map(({ title, text }) => (
          <li key={title} className={styles['point']}>
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
};
