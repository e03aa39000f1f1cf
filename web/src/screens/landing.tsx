import { landingTexts } from '@hems/shared/i18n/landing';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isEnded } from '../auth/session-ended.ts';
import { useTexts } from '../preferences/preferences.tsx';
import { Sample } from './landing-sample.tsx';
import styles from './landing.module.css';
import { SignInButton } from './sign-in-button.tsx';

type ListProps = {
  readonly items: readonly { readonly title: string; readonly text: string }[];
  readonly as: 'h2' | 'h3';
};

const List = ({ items, as: Title }: ListProps): ReactNode => (
  <ul className={styles['list']}>
    {items.map(({ title, text }) => (
      <li key={title}>
        <Title>{title}</Title>
        <p>{text}</p>
      </li>
    ))}
  </ul>
);

/** What anyone sees who is not signed in, at any address; signing in comes back to that address. */
export const Landing = (): ReactNode => {
  const s = useTexts(landingTexts);
  const { href } = useLocation();
  return (
    <div className={styles['landing']}>
      <div className={styles['hero']}>
        <h1 className={styles['title']}>{s.title}</h1>
        {isEnded() ? (
          <output className={styles['ended']}>{s.ended}</output>
        ) : (
          <p className={styles['lead']}>{s.lead}</p>
        )}
        <SignInButton returnTo={href} />
        <p className={styles['hint']}>{s.hint}</p>
      </div>
      <Sample s={s.sample} />
      <div className={styles['points']}>
        <List items={s.points} as="h2" />
      </div>
      <section className={styles['promises']} aria-labelledby="promises">
        <h2 id="promises">{s.trust}</h2>
        <List items={s.promises} as="h3" />
      </section>
    </div>
  );
};
