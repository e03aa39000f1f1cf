import { displayTexts } from '@hems/shared/i18n/display';
import { Link } from '@tanstack/react-router';
import { Suspense, type ReactNode } from 'react';
import { useAuth } from './auth/auth-context.ts';
import { useHeading } from './frame-heading.ts';
import { useOwn } from './household/use-own.ts';
import styles from './preferences/display-choices.module.css';
import { AppearanceChoice, LanguageChoice } from './preferences/display-choices.tsx';
import { useMessages, usePreferences, useTexts } from './preferences/preferences.tsx';
import buttons from './ui/button.module.css';
import { Icon } from './ui/icons.tsx';
import { lazyOr, Nothing } from './ui/lazy-or.ts';
import { Popover } from './ui/popover.tsx';

type ToolsProps = { readonly householdId: string | undefined };

const Bell = lazyOr(Nothing, async () => (await import('./inbox/bell.tsx')).Bell);

/** In sight for whoever cannot read what is on the screen. */
const LanguageSwitch = (): ReactNode => {
  const t = useMessages();
  const { language, chooseLocale } = usePreferences();
  const other = language.locale === 'ko' ? 'en' : 'ko';
  return (
    <button type="button" className={buttons['quiet']} lang={other} onClick={() => chooseLocale(other)}>
      {t.language.switch}
    </button>
  );
};

type DisplayProps = { readonly children?: ReactNode };

/** Two letters, a large and a small one. */
const Display = ({ children }: DisplayProps): ReactNode => (
  <Popover
    label={useTexts(displayTexts).title}
    className={buttons['quiet']}
    sign={
      <Icon>
        <path d="M2 15.5 6.7 4h.6L12 15.5M3.7 11.5h6.6M12.5 15.5l2.7-6.6h.6l2.7 6.6M13.5 13.2h4" />
      </Icon>
    }
  >
    <div className={styles['choices']}>
      {children}
      <AppearanceChoice />
    </div>
  </Popover>
);

const SettingsLink = (props: ToolsProps): ReactNode => {
  const householdId = useOwn(props.householdId);
  const { nav } = useMessages();
  return (
    <Link
      {...(householdId === undefined
        ? { to: '/$page', params: { page: 'account' } }
        : { to: '/households/$householdId/settings/{-$page}', params: { householdId, page: undefined } })}
      className={buttons['quiet']}
      aria-label={nav.settings}
      title={nav.settings}
    >
      <Icon>
        <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
        <circle cx="13" cy="6" r="2" />
        <circle cx="7" cy="14" r="2" />
      </Icon>
    </Link>
  );
};

/** At the end of the bar of every page: the inbox, how the screen looks, and the settings. */
export const Tools = ({ householdId }: ToolsProps): ReactNode => {
  const { user } = useAuth();
  useHeading();
  if (user === null)
    return (
      <>
        <LanguageSwitch />
        <Display />
      </>
    );
  return (
    <>
      <Suspense fallback={<span className={buttons['quiet']} />}>
        <Bell />
      </Suspense>
      <Display>
        <LanguageChoice />
      </Display>
      <SettingsLink householdId={householdId} />
    </>
  );
};
