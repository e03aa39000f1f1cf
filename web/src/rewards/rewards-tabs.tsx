import type { RewardsTexts } from '@hems/shared/i18n/ko/rewards';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import tabs from '../ui/tabs.module.css';

type Props = { readonly householdId: string; readonly s: RewardsTexts };

/** Between what was earned and what can be earned. */
export const RewardsTabs = ({ householdId, s }: Props): ReactNode => (
  <nav className={tabs['tabs']} aria-label={s.tabs}>
    <Link to="/households/$householdId/rewards" params={{ householdId }} activeOptions={{ exact: true }}>
      {s.ledger}
    </Link>
    <Link to="/households/$householdId/rewards/events/{-$eventId}" params={{ householdId }}>
      {s.events}
    </Link>
    <Link to="/households/$householdId/rewards/programmes" params={{ householdId }}>
      {s.programmes}
    </Link>
  </nav>
);
