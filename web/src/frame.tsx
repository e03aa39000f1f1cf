import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useAuth } from './auth/auth-context.ts';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { THEMES, useMessages, usePreferences, type Theme } from './preferences/preferences.tsx';
import buttons from './ui/button.module.css';
import { BoltIcon, GearIcon, HalfIcon, MoonIcon, SunIcon } from './ui/icons.tsx';

const THEME_ICONS = { system: HalfIcon, light: SunIcon, dark: MoonIcon };

const after = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';

/** Fetched after the first screen; where it cannot be, everything else stands without it. */
const Bell = lazy(async () =>
  import('./inbox/bell.tsx').then(
    (found) => ({ default: found.Bell }),
    () => ({ default: () => null }),
  ),
);

const Tools = (): ReactNode => {
  const t = useMessages();
  const { language, theme, chooseLocale, chooseTheme } = usePreferences();
  const { user } = useAuth();
  const { householdId } = useParams({ strict: false });
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
        <Suspense fallback={<span className={buttons['quiet']} />}>
          <Bell />
        </Suspense>
      )}
      {user && (
        <Link
          {...(householdId === undefined
            ? { to: '/$page', params: { page: 'account' } }
            : { to: '/households/$householdId/settings/{-$page}', params: { householdId, page: undefined } })}
          className={buttons['quiet']}
          aria-label={t.nav.settings}
          title={t.nav.settings}
        >
          <GearIcon />
        </Link>
      )}
    </div>
  );
};

/** What stands on every page: the way home, the screens of a home, language, appearance, settings. */
export const Frame = (): ReactNode => {
  const t = useMessages();
  const { user } = useAuth();
  const { householdId } = useParams({ strict: false });
  const { pathname } = useLocation();
  // Joining goes step by step; the screens of the home come after it.
  const inHome = user !== null && householdId !== undefined && !pathname.endsWith('/onboarding');
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
