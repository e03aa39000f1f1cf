import { localDate } from '@hems/models/calendar/seoul';
import { communityTexts } from '@hems/shared/i18n/community';
import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { useChallenges } from '@hems/shared/queries/challenges';
import { useCommunity } from '@hems/shared/queries/community';
import { behind } from '@hems/shared/view/card';
import { challengesCard } from '@hems/shared/view/challenges';
import { boardCard, membershipCard, standingCard } from '@hems/shared/view/community';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BoardCard } from '../community/board-card.tsx';
import { ChallengesSection } from '../community/challenges-section.tsx';
import grid from '../community/community.module.css';
import { JoinCard } from '../community/join-card.tsx';
import { MemberCard } from '../community/member-card.tsx';
import { MonthPager } from '../community/month-pager.tsx';
import { StandingCard } from '../community/standing-card.tsx';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { useMessages, usePreferences, useTexts } from '../preferences/preferences.tsx';
import { useMinute } from '../ui/use-minute.ts';

const ROUTE = '/households/$householdId/community';

/** Saving together: opt-in, under a pseudonym, by percent against one's own use; challenges; and the way out. */
export const CommunityPage = (): ReactNode => {
  const { locale } = usePreferences().language;
  const words = { t: useMessages(), s: useTexts(communityTexts), reasons: useTexts(reasonsTexts), locale };
  const { householdId } = useParams({ from: ROUTE });
  const { month } = useSearch({ from: ROUTE });
  const today = localDate(useMinute());
  const community = useCommunity(householdId, month);
  const challenges = useChallenges(householdId);
  return (
    <HouseholdScreen householdId={householdId} title={words.s.title} screen={ROUTE} main={community}>
      {({ session, retry }) => {
        const shown = behind(session, community);
        const joined = shown.data?.membership.joined === true;
        const membership = membershipCard(shown, words);
        return (
          <div className={grid['grid']}>
            <div className={grid['column']}>
              {joined ? (
                <>
                  <MonthPager month={shown.data?.month} words={words} />
                  <StandingCard card={standingCard(shown, words)} words={words} onRetry={retry} />
                  <BoardCard card={boardCard(shown, words)} words={words} onRetry={retry} />
                </>
              ) : (
                <JoinCard card={membership} householdId={householdId} words={words} onRetry={retry} />
              )}
            </div>
            <div className={grid['column']}>
              <ChallengesSection
                card={challengesCard(behind(session, challenges), today, words)}
                householdId={householdId}
                isMember={joined}
                words={words}
                onRetry={retry}
              />
              {joined && <MemberCard card={membership} householdId={householdId} words={words} onRetry={retry} />}
            </div>
          </div>
        );
      }}
    </HouseholdScreen>
  );
};
