import type { PlanAnswer } from '@hems/shared/api/plan';
import type { PlanWords } from '@hems/shared/view/plan-steps';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { NextStep } from '../ui/next-step.tsx';

type Props = {
  /** why there is no plan; null: there is one */
  readonly why: PlanAnswer['why'];
  readonly householdId: string;
  readonly words: PlanWords;
  readonly children: ReactNode;
};

/** What is lacking for a plan can be had on another screen: the way there, on the card that says so. */
export const Lacking = ({ why, householdId, words: { s }, children }: Props): ReactNode => {
  if (why === 'nothing-to-plan' || why === 'no-state')
    return (
      <NextStep card={children}>
        <Link
          to="/households/$householdId/settings/{-$page}"
          params={{ householdId, page: 'devices' }}
          className={buttons['button']}
        >
          {s.toDevices}
        </Link>
      </NextStep>
    );
  if (why === 'no-price')
    return (
      <NextStep card={children}>
        <Link to="/households/$householdId/bill" params={{ householdId }} className={buttons['button']}>
          {s.toBill}
        </Link>
      </NextStep>
    );
  return children;
};
