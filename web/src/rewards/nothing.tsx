import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { NextStep } from '../ui/next-step.tsx';
import { BalancesCard, type BalancesProps } from './balances-card.tsx';

/** Before the first reward: what it takes, and the programmes themselves. */
export const Nothing = (props: BalancesProps): ReactNode => (
  <NextStep card={<BalancesCard {...props} />}>
    <Link
      to="/households/$householdId/rewards/programmes"
      params={{ householdId: props.householdId }}
      className={buttons['main']}
    >
      {props.words.s.toProgrammes}
    </Link>
  </NextStep>
);
