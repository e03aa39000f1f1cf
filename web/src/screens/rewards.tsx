import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { rewardsTexts } from '@hems/shared/i18n/rewards';
import { useRewards } from '@hems/shared/queries/rewards';
import { behind, type Loaded } from '@hems/shared/view/card';
import { balancesCard, elsewhereCard, entriesCard, payoutsCard } from '@hems/shared/view/rewards';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { BalancesCard } from '../rewards/balances-card.tsx';
import { ElsewhereCard } from '../rewards/elsewhere-card.tsx';
import { EntriesCard } from '../rewards/entries-card.tsx';
import { Nothing } from '../rewards/nothing.tsx';
import { PayoutsCard } from '../rewards/payouts-card.tsx';
import { RewardsTabs } from '../rewards/rewards-tabs.tsx';
import grid from '../rewards/rewards.module.css';

const ROUTE = '/households/$householdId/rewards';

const firstOf = <T,>({ data, ...rest }: Loaded<readonly T[]>): Loaded<T> => ({ ...rest, data: data?.[0] });

/** A ledger: what was earned, what it rests on, and what can be paid out. Cash and points stand apart. */
export const Rewards = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(rewardsTexts), reasons: useTexts(reasonsTexts) };
  const { householdId } = useParams({ from: ROUTE });
  const { pages, more } = useRewards(householdId);
  return (
    <HouseholdScreen householdId={householdId} title={words.s.title} screen={ROUTE} main={pages}>
      {({ session, retry }) => {
        const shown = behind(session, pages);
        const balances = balancesCard(firstOf(shown), words);
        const entries = entriesCard(shown, words);
        const elsewhere = elsewhereCard(firstOf(shown));
        const isNothing = balances.state === 'empty' && entries.state === 'empty' && !elsewhere;
        return (
          <>
            <RewardsTabs householdId={householdId} s={words.s} />
            {isNothing ? (
              <Nothing card={balances} householdId={householdId} words={words} onRetry={retry} />
            ) : (
              // Cards take their final size together, so that nothing already read moves.
              <div key={`cards ${balances.state === 'loading'}`} className={grid['grid']}>
                <BalancesCard card={balances} householdId={householdId} words={words} onRetry={retry} />
                <PayoutsCard card={payoutsCard(firstOf(shown), words)} words={words} />
                <EntriesCard card={entries} householdId={householdId} words={words} more={more} onRetry={retry} />
                <ElsewhereCard card={elsewhere} words={words} />
              </div>
            )}
          </>
        );
      }}
    </HouseholdScreen>
  );
};
