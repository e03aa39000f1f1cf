import { settingsTexts } from '@hems/shared/i18n/settings';
import type { Loaded } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HouseholdScreen, type Gate } from '../household/household-screen.tsx';
import { useTexts } from '../preferences/preferences.tsx';
import { PreviousIcon } from '../ui/arrow-icons.tsx';
import buttons from '../ui/button.module.css';
import { useDesktop } from '../ui/use-wide.ts';
import { PAGE_NAMES, type PageProps } from './pages.ts';
import styles from './settings.module.css';

type Props = {
  readonly householdId: string;
  readonly title: string;
  readonly main: Loaded<unknown>;
  readonly beforeProof?: boolean;
  readonly children: (gate: Gate) => ReactNode;
};

const ROUTE = '/households/$householdId/settings/{-$page}';

/** The other pages, in sight. */
const Side = ({ householdId }: PageProps): ReactNode => {
  const s = useTexts(settingsTexts);
  return (
    <nav className={styles['side']} aria-label={s.title}>
      {PAGE_NAMES.map((page) => (
        <Link key={page} to={ROUTE} params={{ householdId, page }} className={styles['other']}>
          {s.pages[page].title}
        </Link>
      ))}
    </nav>
  );
};

const Back = ({ householdId }: PageProps): ReactNode => (
  <Link
    to={ROUTE}
    // left out, the page that one is on would be kept
    params={{ householdId, page: undefined }}
    className={`${buttons['quiet']} ${styles['left']}`}
  >
    <PreviousIcon />
    {useTexts(settingsTexts).back}
  </Link>
);

/** One page of the settings: its cards under each other, and the way to the others: their list, or on a phone the way back to it. */
export const SettingsPage = ({ children, ...props }: Props): ReactNode => {
  const { householdId } = props;
  const isDesktop = useDesktop();
  return (
    <HouseholdScreen {...props} screen={ROUTE}>
      {(gate) => (
        <div className={styles['page']}>
          {isDesktop ? <Side householdId={householdId} /> : <Back householdId={householdId} />}
          <div className={styles['cards']}>{children(gate)}</div>
        </div>
      )}
    </HouseholdScreen>
  );
};
