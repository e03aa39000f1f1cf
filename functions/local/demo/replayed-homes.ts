import { addDays, localDate } from '@hems/models/calendar/seoul';
import { replaying } from '@hems/models/testing/replay-home';
import type { Table } from '../../ports/table.ts';
import { readProfile } from '../../use-cases/stores/households.ts';
import { StartRefused } from '../start-refused.ts';
import type { DemoHome } from './demo-home.ts';
import { DEMO_RESIDENTS, idsOf } from './households.ts';
import { remarkOf } from './recorded-sets.ts';
import { readReplayFolder, type ReplayHome } from './replay-folder.ts';
import {
  largestKwh,
  PLAUSIBLE_MAX_KWH,
  replayName,
  replayOrigin,
  type ReplayOrigin,
  type Scale,
} from './replay-household.ts';

export type ReplayOptions = {
  /** folder with HOMES.csv and a <home>.csv.gz for each */
  readonly folder: string;
  readonly homes?: readonly string[];
  readonly scale?: Scale;
};

/** A home that was replayed here before goes on as it was: another shift or scale would break its registers and its label. */
const originOf = async (table: Table, home: ReplayHome, scale: Scale | undefined): Promise<ReplayOrigin> => {
  const fresh = replayOrigin(home, { today: localDate(Date.now()), scale: scale ?? 'auto' });
  const kept = (await readProfile(table, idsOf(home.home).householdId))?.origin;
  if (kept?.type !== 'replayed') return fresh;
  if (scale !== undefined && (kept.scale !== fresh.scale || kept.pvScale !== fresh.pvScale)) {
    throw new StartRefused(
      `${home.home} is replayed at scale ${kept.scale} (PV ${kept.pvScale}) in this data directory, not ${fresh.scale} (PV ${fresh.pvScale}); use --fresh or another --data`,
    );
  }
  return kept;
};

/** A year's comparison and the present month. */
const TOTALS_DAYS = 395;

const asDemoHome = (home: ReplayHome, origin: ReplayOrigin, startMs: number): DemoHome => {
  const replay = { name: home.home, recorded: home.recorded, origin };
  const begin = localDate(startMs);
  return {
    ...idsOf(home.home),
    name: replayName(origin),
    buildingType: 'house',
    origin,
    members: DEMO_RESIDENTS.slice(0, 1).map(({ sub }) => ({ sub, role: 'owner' })),
    devices: replaying(replay).devices,
    beginMs: startMs,
    spec: { type: 'replayed', replay, totals: [addDays(begin, -TOTALS_DAYS), begin] },
  };
};

/** Recorded homes of a folder as households of the first demo resident, from `startMs` on. */
export const replayedHomes = async (
  { table, say }: { table: Table; say: (line: string) => void },
  { folder, homes: names, scale }: ReplayOptions,
  startMs: number,
): Promise<DemoHome[]> => {
  const recorded = await readReplayFolder(folder, names);
  return Promise.all(
    recorded.map(async (home) => {
      const origin = await originOf(table, home, scale);
      const remark = remarkOf(home.home);
      if (remark !== undefined) say(`replay: ${home.home} is no ordinary household: ${remark}`);
      const largest = largestKwh(home, origin);
      if (largest > PLAUSIBLE_MAX_KWH && scale !== 1) {
        say(
          `replay: ${home.home} reaches ${largest.toFixed(1)} kWh in an hour, more than a Korean home's ${PLAUSIBLE_MAX_KWH}`,
        );
      }
      return asDemoHome(home, origin, startMs);
    }),
  );
};
