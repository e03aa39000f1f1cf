import type { Household } from '@hems/shared/api/session';
import { homeName } from '@hems/shared/view/home-name';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Icon } from '../ui/icons.tsx';
import styles from './head.module.css';

/** The screens of a home: switching to another home stays on the same one. */
export type ScreenPath =
  `/households/$householdId${'' | `/${'energy' | 'bill' | 'assistant/{-$page}' | 'rewards' | 'rewards/programmes' | 'rewards/events/{-$eventId}' | 'community' | 'onboarding' | 'settings/{-$page}'}`}`;

type Props = {
  readonly households: readonly Household[];
  readonly householdId: string;
  readonly screen: ScreenPath;
  /** the name of the present home, as wide as it is: the list of the others lies over it, unseen until it opens */
  readonly children: ReactNode;
};

/** A choice of home. */
export const HouseholdSwitch = ({ households, householdId, screen, children }: Props): ReactNode => {
  const t = useMessages();
  const navigate = useNavigate();
  return (
    <div className={styles['switch']}>
      {children}
      <Icon>
        <path d="m6 8 4 4 4-4" />
      </Icon>
      <select
        aria-label={t.household.switch}
        value={householdId}
        onChange={({ target }) => {
          void navigate({ to: screen, params: { householdId: target.value } });
        }}
      >
        {households.map(({ householdId: id, name, origin, isProven }) => (
          <option key={id} value={id}>
            {homeName({ name, origin }, t)}
            {!isProven && ` · ${t.household.unproven}`}
          </option>
        ))}
      </select>
    </div>
  );
};
