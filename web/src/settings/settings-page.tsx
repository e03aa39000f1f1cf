import { settingsTexts } from '@hems/shared/i18n/settings';
import type { Loaded } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HouseholdScreen, type Gate } from '../household/household-screen.tsx';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import styles from './settings.module.css';

type Props = {
  readonly householdId: string;
  readonly title: string;
  readonly main: Loaded<unknown>;
  readonly beforeProof?: boolean;
  readonly children: (gate: Gate) => ReactNode;
};

/** One page of the settings: its cards under each other, and the way back to the list. */
export const SettingsPage = ({ children, ...props }: Props): ReactNode => {
  const s = useTexts(settingsTexts);
  return (
    <HouseholdScreen {...props} screen="/households/$householdId/settings/{-$page}">
      {(gate) => (
        <div className={styles['grid']}>
          <Link
            to="/households/$householdId/settings/{-$page}"
            // left out, the page that one is on would be kept
            params={{ householdId: props.householdId, page: undefined }}
            className={`${buttons['quiet']} ${styles['left']}`}
          >
            {s.back}
          </Link>
          {children(gate)}
        </div>
      )}
    </HouseholdScreen>
  );
};
