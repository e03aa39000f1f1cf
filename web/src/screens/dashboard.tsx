import { useLive } from '@hems/shared/queries/live';
import { useSession } from '@hems/shared/queries/session';
import { dashboardView } from '@hems/shared/view/dashboard';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import cards from '../dashboard/cards.module.css';
import { DashboardHead } from '../dashboard/dashboard-head.tsx';
import { Later, useLaterParts, type Part } from '../dashboard/later.tsx';
import { NowCard } from '../dashboard/now-card.tsx';
import { useWide } from '../ui/use-wide.ts';
import { useMessages } from '../preferences/preferences.tsx';
import { useNow } from '../ui/use-now.ts';
import { Closed } from './closed.tsx';

/** Only the power now tells its age by the second. */
const LATER_STEP_MS = 5000;

/** One household now, what it saves and costs, the last 24 hours and the next 6. */
export const Dashboard = (): ReactNode => {
  const { householdId } = useParams({ from: '/households/$householdId/' });
  const t = useMessages();
  const nowMs = useNow();
  const client = useQueryClient();
  const session = useSession();
  const live = useLive(householdId);
  const later = useLaterParts();
  const isWide = useWide();
  const retry = useCallback(() => void client.refetchQueries({ type: 'active' }), [client]);
  const view = dashboardView({ householdId, session, live, deviceMs: nowMs }, t);
  if (view === undefined) return <Closed householdId={householdId} error={live.error} />;

  // Cards take their final size together, so that nothing already read moves.
  const opening = view.now.state === 'loading';
  const isLive = view.chip.state === 'live';
  const deviceMs = nowMs - (nowMs % LATER_STEP_MS);
  const rest = { householdId, session, live, isLive, deviceMs, onRetry: retry, later };
  const parts = (...names: readonly Part[]): ReactNode =>
    names.map((name) => <Later key={name} part={name} {...rest} />);
  return (
    <>
      <DashboardHead households={session.data?.households ?? []} householdId={householdId} view={view} />
      <div key={`cards ${opening}`} className={cards['grid']}>
        <div className={`${cards['tiles']} ${view.hasFlows ? cards['more'] : ''}`}>
          <NowCard card={view.now} householdId={householdId} nowMs={nowMs} onRetry={retry} usual={parts('usual')} />
          {parts('tiles')}
        </div>
        {isWide ? (
          <>
            <div className={cards['column']}>
              {parts('day')}
              {view.hasFlows ? <div className={cards['pair']}>{parts('flows', 'devices')}</div> : parts('devices')}
            </div>
            <div className={cards['side']}>{parts('bill', 'assistant', 'saved', 'environment')}</div>
          </>
        ) : (
          <>
            {parts('bill', 'day')}
            {view.hasFlows && parts('flows')}
            {parts('assistant', 'saved', 'environment', 'devices')}
          </>
        )}
      </div>
    </>
  );
};
