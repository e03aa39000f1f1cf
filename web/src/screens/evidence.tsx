import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { rewardsTexts } from '@hems/shared/i18n/rewards';
import { useEvidence } from '@hems/shared/queries/rewards';
import { behind, isFilled } from '@hems/shared/view/card';
import { evidenceCard } from '@hems/shared/view/evidence';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { EvidenceBody } from '../rewards/evidence-body.tsx';
import styles from '../rewards/rewards.module.css';
import { PreviousIcon } from '../ui/arrow-icons.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';

const ROUTE = '/households/$householdId/rewards/entries/$entryId';

/** What one entry of the ledger rests on: method, inputs, and the same figure worked out again. */
export const EvidencePage = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(rewardsTexts), reasons: useTexts(reasonsTexts) };
  const { s } = words;
  const { householdId, entryId } = useParams({ from: ROUTE });
  const evidence = useEvidence(householdId, entryId);
  return (
    <HouseholdScreen
      householdId={householdId}
      title={s.evidenceTitle}
      screen="/households/$householdId/rewards"
      main={evidence}
    >
      {({ session, retry }) => {
        const card = evidenceCard(behind(session, evidence), words);
        return (
          <div className={styles['grid']}>
            <Link
              to="/households/$householdId/rewards"
              params={{ householdId }}
              className={`${buttons['quiet']} ${styles['left']}`}
            >
              <PreviousIcon />
              {s.back}
            </Link>
            <Card
              title={isFilled(card) ? card.content.title : s.evidenceTitle}
              card={card}
              className={styles['entries']}
              onRetry={retry}
            >
              {(view) => <EvidenceBody view={view} words={words} />}
            </Card>
          </div>
        );
      }}
    </HouseholdScreen>
  );
};
