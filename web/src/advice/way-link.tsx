import type { SuggestionTexts } from '@hems/shared/i18n/ko/suggestions';
import type { Way } from '@hems/shared/view/suggestions';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './advice.module.css';

type Props = { readonly way: Way; readonly householdId: string; readonly s: SuggestionTexts };

/** To the screen on which the suggestion is done or looked into. */
export const WayLink = ({ way, householdId, s }: Props): ReactNode =>
  way === 'bill' ? (
    <Link to="/households/$householdId/bill" params={{ householdId }} className={styles['way']}>
      {s.way.bill}
    </Link>
  ) : (
    <Link
      to="/households/$householdId/assistant/{-$page}"
      params={{ householdId, page: way }}
      className={styles['way']}
    >
      {s.way[way]}
    </Link>
  );
