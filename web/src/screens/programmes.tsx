import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { rewardsTexts } from '@hems/shared/i18n/rewards';
import { useProgrammes } from '@hems/shared/queries/programmes';
import { behind, isFilled } from '@hems/shared/view/card';
import { programmeGroups, programmesCard } from '@hems/shared/view/programmes';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { ProgrammeSection } from '../rewards/programme-section.tsx';
import { RewardsTabs } from '../rewards/rewards-tabs.tsx';
import styles from '../rewards/rewards.module.css';
import { Card } from '../ui/card.tsx';

const ROUTE = '/households/$householdId/rewards/programmes';

/** What can be earned: conditions one by one, taking part, and what the past would have brought. */
export const Programmes = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(rewardsTexts), reasons: useTexts(reasonsTexts) };
  const { householdId } = useParams({ from: ROUTE });
  const programmes = useProgrammes(householdId);
  return (
    <HouseholdScreen householdId={householdId} title={words.s.title} screen={ROUTE} main={programmes}>
      {({ session, retry }) => {
        const card = programmesCard(behind(session, programmes), words);
        return (
          <>
            <RewardsTabs householdId={householdId} s={words.s} />
            {isFilled(card) ? (
              <div className={styles['programmes']}>
                {/* One list: a programme that changes its group keeps what has been opened in it. */}
                {programmeGroups(card.content, words).flatMap(({ name, programmes: some }) => [
                  <h2 key={name} className={styles['heading']}>
                    {name}
                  </h2>,
                  ...some.map((programme) => (
                    <ProgrammeSection
                      key={programme.programme}
                      programme={programme}
                      householdId={householdId}
                      words={words}
                    />
                  )),
                ])}
              </div>
            ) : (
              <Card title={words.s.programmes} card={card} className={styles['entries']} onRetry={retry}>
                {() => null}
              </Card>
            )}
          </>
        );
      }}
    </HouseholdScreen>
  );
};
