import type { Household } from '@hems/shared/api/session';
import type { DashboardView } from '@hems/shared/view/dashboard';
import type { ReactNode } from 'react';
import head from '../household/head.module.css';
import { HouseholdSwitch } from '../household/household-switch.tsx';
import { Origin } from '../household/origin.tsx';
import { useMessages } from '../preferences/preferences.tsx';
import hidden from '../ui/visually-hidden.module.css';
import { DataState } from './data-state.tsx';

type Props = {
  readonly households: readonly Household[];
  readonly householdId: string;
  readonly view: DashboardView;
  /** its final size is not known yet: room is kept for the label of a demo home */
  readonly opening: boolean;
};

/** Which home this is, how fresh its figures are, and whether they are those of a demo home. */
export const DashboardHead = ({ households, householdId, view, opening }: Props): ReactNode => {
  const t = useMessages();
  const name = households.find((household) => household.householdId === householdId)?.name;
  const isChoice = households.length > 1 && name !== undefined;
  return (
    <div className={`${head['head']} ${opening ? head['opening'] : ''}`}>
      <div className={head['row']}>
        <div className={head['label']}>
          <h1 className={isChoice ? hidden['hidden'] : head['name']}>{name ?? t.household.loading}</h1>
          {isChoice && (
            <HouseholdSwitch households={households} householdId={householdId} screen="/households/$householdId" />
          )}
        </div>
        <DataState chip={view.chip} />
      </div>
      {view.origin && <Origin origin={view.origin} />}
      {view.banner !== undefined && <output className={head['banner']}>{view.banner}</output>}
    </div>
  );
};
