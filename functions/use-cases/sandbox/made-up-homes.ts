import { aHome, type Home } from '@hems/models/testing/home';
import { opaqueId, seedOf } from '@hems/models/testing/random';
import type { Happening } from '@hems/shared/partner-api/sandbox';
import type { Table } from '../../ports/table.ts';
import { readSandbox, type SandboxState } from '../stores/sandboxes.ts';

export type SavingEvent = Extract<Happening, { readonly kind: 'saving-event' }>;

/** A home of a sandbox: it follows from the seed and its number, and is in no store that homes of residents are in. */
export type MadeUpHome = {
  readonly participant: string;
  readonly number: number;
  readonly seed: number;
  readonly home: Home;
  readonly agrees: boolean;
  readonly events: readonly SavingEvent[];
};

/** Of each sandbox one home feeds in, whatever the seed. */
const WITH_ROOF: Partial<Home> = { building: 'house', solarKwp: 3, batteryWh: 6400 };

export const madeUpHomes = ({ seed, homes, happenings, withdrawn }: SandboxState): MadeUpHome[] => {
  const events = happenings.flatMap(({ what }) => (what.kind === 'saving-event' ? [what] : []));
  return Array.from({ length: homes }, (_, number) => {
    const participant = opaqueId('sandbox', seed, number);
    const home = aHome(seedOf('sandbox', seed, number), number === 0 ? WITH_ROOF : {});
    return { participant, number, seed, home, agrees: !withdrawn.includes(participant), events };
  });
};

export const readMadeUpHomes = async (
  table: Table,
  partnerId: string,
): Promise<{ readonly homes: readonly MadeUpHome[]; readonly nowMs: number }> => {
  const { state } = await readSandbox(table, partnerId);
  return { homes: madeUpHomes(state), nowMs: state.nowMs };
};
