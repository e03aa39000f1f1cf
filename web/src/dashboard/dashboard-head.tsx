import type { Household } from '@hems/shared/api/session';
import type { DashboardView } from '@hems/shared/view/dashboard';
import type { ReactNode } from 'react';
import { Head } from '../household/head.tsx';
import { DataState } from './data-state.tsx';

type Props = {
  readonly households: readonly Household[];
  readonly householdId: string;
  readonly view: DashboardView;
};

/** Which home this is, how fresh its figures are, and whether they are those of a demo home. */
export const DashboardHead = ({ households, householdId, view }: Props): ReactNode => (
  <Head
    householdId={householdId}
    households={households}
    screen="/households/$householdId"
    origin={view.origin}
    banner={view.banner}
  >
    <DataState chip={view.chip} />
  </Head>
);
