import { Link, Outlet, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAuth } from './auth/auth-context.ts';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { THEMES, useMessages, usePreferences, type Theme } from './preferences/preferences.tsx';
import buttons from './ui/button.module.css';
import { BoltIcon, HalfIcon, LeaveIcon, MoonIcon, SunIcon } from './ui/icons.tsx';

const THEME_ICONS = { system: HalfIcon, light: SunIcon, dark: MoonIcon };

const after = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';

const Tools = (): ReactNode => {
  const t = useMessages();
  const { language, theme, chooseLocale, chooseTheme } = usePreferences();
  const { user, signOut } = useAuth();
  const ThemeIcon = THEME_ICONS[theme];
  const themeLabel = t.theme.label(t.theme[theme]);
  const other = language.locale === 'ko' ? 'en' : 'ko';
  return (
    <div className={styles['tools']}>
      <button type="button" className={buttons['quiet']} lang={other} onClick={() => chooseLocale(other)}>
        {t.language.switch}
      </button>
      <button
        type="button"
        className={buttons['quiet']}
        aria-label={themeLabel}
        title={themeLabel}
        onClick={() => chooseTheme(after(theme))}
      >
        <ThemeIcon />
      </button>
      {user && (
        <button
          type="button"
          className={buttons['quiet']}
          aria-label={t.signOut}
          title={t.signOut}
          onClick={() => void signOut()}
        >
          <LeaveIcon />
        </button>
      )}
    </div>
  );
};

/** What stands on every page: the way home, the screens of a home, language, appearance, signing out. */
export const Frame = (): ReactNode => {
  const t = useMessages();
  const { user } = useAuth();
  const { householdId } = useParams({ strict: false });
  const inHome = user !== null && householdId !== undefined;
  return (
    <>
      <a className={styles['skip']} href="#content">
        {t.skipToContent}
      </a>
      <header className={styles['bar']}>
        <div className={styles['barRow']}>
          <Link to="/" className={styles['brand']}>
            <BoltIcon />
            <span>{t.brand}</span>
          </Link>
          {inHome && <Navigation householdId={householdId} />}
          <Tools />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={`${styles['content']} ${inHome ? styles['aboveTabs'] : ''}`}>
        <Outlet />
      </main>
    </>
  );
};
