import { useEnvironment } from '@hems/shared/queries/environment';
import { useLive } from '@hems/shared/queries/live';
import { useSession } from '@hems/shared/queries/session';
import { useDayUsage } from '@hems/shared/queries/usage';
import { behind } from '@hems/shared/view/card';
import { dashboardView } from '@hems/shared/view/dashboard';
import { dayCard } from '@hems/shared/view/day';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import cards from '../dashboard/cards.module.css';
import { DataState, Origin } from '../dashboard/data-state.tsx';
import { DayCard } from '../dashboard/day-card.tsx';
import { DevicesCard } from '../dashboard/devices-card.tsx';
import { EnvironmentCard } from '../dashboard/environment-card.tsx';
import head from '../dashboard/head.module.css';
import { HouseholdSwitch } from '../dashboard/household-switch.tsx';
import { NowCard } from '../dashboard/now-card.tsx';
import { TodayCard } from '../dashboard/today-card.tsx';
import { useMessages } from '../preferences/preferences.tsx';
import { useNow } from '../ui/use-now.ts';
import { Denied } from './denied.tsx';

/** One household now and over the last 24 hours. */
export const Dashboard = ({ householdId }: { readonly householdId: string }): ReactNode => {
  const t = useMessages();
  const nowMs = useNow();
  const client = useQueryClient();
  const session = useSession();
  const live = useLive(householdId);
  const usage = useDayUsage(householdId, live.data?.live.now ?? nowMs);
  const environment = useEnvironment(householdId);
  const day = useMemo(() => dayCard(behind(session, usage), live, t), [session, usage, live, t]);
  const view = dashboardView({ householdId, session, live, environment, deviceMs: nowMs }, t);
  if (view === undefined) return <Denied />;

  // Head and cards take their final size together, so that nothing already read moves.
  const opening = view.now.state === 'loading';
  const retry = (): void => void client.refetchQueries({ type: 'active' });
  return (
    <>
      <div key={`head ${opening}`} className={`${head['head']} ${opening ? head['opening'] : ''}`}>
        <div className={head['row']}>
          <HouseholdSwitch households={session.data?.households ?? []} householdId={householdId} />
          <DataState chip={view.chip} />
        </div>
        {view.origin && <Origin origin={view.origin} />}
        {view.banner !== undefined && <output className={head['banner']}>{view.banner}</output>}
      </div>
      <div key={`cards ${opening}`} className={cards['grid']}>
        <NowCard card={view.now} nowMs={nowMs} onRetry={retry} />
        <TodayCard card={view.today} onRetry={retry} />
        <DayCard card={day} live={view.chip.state === 'live'} onRetry={retry} />
        <EnvironmentCard card={view.environment} onRetry={retry} />
        <DevicesCard card={view.devices} onRetry={retry} />
      </div>
    </>
  );
};
