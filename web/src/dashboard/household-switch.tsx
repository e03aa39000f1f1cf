import type { Household } from '@hems/shared/api/session';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import hidden from '../ui/visually-hidden.module.css';
import styles from './head.module.css';

type Props = { readonly households: readonly Household[]; readonly householdId: string };

/** The name of the home; a choice where the resident has more than one. */
export const HouseholdSwitch = ({ households, householdId }: Props): ReactNode => {
  const t = useMessages();
  const navigate = useNavigate();
  const name = households.find((household) => household.householdId === householdId)?.name;
  if (households.length < 2 || name === undefined)
    return <h1 className={styles['name']}>{name ?? t.household.loading}</h1>;
  return (
    <div className={styles['label']}>
      <h1 className={hidden['hidden']}>{name}</h1>
      <select
        className={styles['switch']}
        aria-label={t.household.switch}
        value={householdId}
        onChange={({ target }) => {
          void navigate({ to: '/households/$householdId', params: { householdId: target.value } });
        }}
      >
        {households.map((household) => (
          <option key={household.householdId} value={household.householdId}>
            {household.name}
          </option>
        ))}
      </select>
    </div>
  );
};
