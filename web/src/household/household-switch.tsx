import type { Household } from '@hems/shared/api/session';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import styles from './head.module.css';

/** The screens of a home: switching to another home stays on the same one. */
export type ScreenPath =
  `/households/$householdId${'' | `/${'energy' | 'bill' | 'assistant/{-$page}' | 'rewards' | 'rewards/programmes' | 'community' | 'onboarding' | 'settings/{-$page}'}`}`;

type Props = {
  readonly households: readonly Household[];
  readonly householdId: string;
  readonly screen: ScreenPath;
};

/** A choice of home. */
export const HouseholdSwitch = ({ households, householdId, screen }: Props): ReactNode => {
  const t = useMessages();
  const navigate = useNavigate();
  return (
    <select
      className={styles['switch']}
      aria-label={t.household.switch}
      value={householdId}
      onChange={({ target }) => {
        void navigate({ to: screen, params: { householdId: target.value } });
      }}
    >
      {households.map((household) => (
        <option key={household.householdId} value={household.householdId}>
          {household.isProven ? household.name : `${household.name} · ${t.household.unproven}`}
        </option>
      ))}
    </select>
  );
};
