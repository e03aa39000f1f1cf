import { useLive } from '@hems/shared/queries/live';
import { useSession } from '@hems/shared/queries/session';
import { useDayUsage } from '@hems/shared/queries/usage';
import { dashboardView } from '@hems/shared/view/dashboard';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import cards from '../dashboard/cards.module.css';
import { DashboardHead } from '../dashboard/dashboard-head.tsx';
import { Later, useLaterCards } from '../dashboard/later.tsx';
import { NowCard } from '../dashboard/now-card.tsx';
import { TodayCard } from '../dashboard/today-card.tsx';
import { useMessages } from '../preferences/preferences.tsx';
import { useNow } from '../ui/use-now.ts';
import { Closed } from './closed.tsx';

/** One household now and over the last 24 hours. */
export const Dashboard = (): ReactNode => {
  const { householdId } = useParams({ from: '/households/$householdId/' });
  const t = useMessages();
  const nowMs = useNow();
  const client = useQueryClient();
  const session = useSession();
  const live = useLive(householdId);
  const usage = useDayUsage(householdId, live.data?.live.now ?? nowMs);
  const later = useLaterCards();
  const view = dashboardView({ householdId, session, live, deviceMs: nowMs }, t);
  if (view === undefined) return <Closed householdId={householdId} error={live.error} />;

  // Head and cards take their final size together, so that nothing already read moves.
  const opening = view.now.state === 'loading';
  const retry = (): void => void client.refetchQueries({ type: 'active' });
  const isLive = view.chip.state === 'live';
  const rest = { householdId, session, live, usage, isLive, deviceMs: nowMs, onRetry: retry, later };
  return (
    <>
      <DashboardHead
        key={`head ${opening}`}
        opening={opening}
        households={session.data?.households ?? []}
        householdId={householdId}
        view={view}
      />
      <div key={`cards ${opening}`} className={cards['grid']}>
        <NowCard card={view.now} nowMs={nowMs} onRetry={retry} />
        <TodayCard card={view.today} onRetry={retry} />
        <Later part="money" {...rest} />
        <Later part="day" {...rest} />
        <Later part="assistant" {...rest} />
        <Later part="home" {...rest} />
      </div>
    </>
  );
};
