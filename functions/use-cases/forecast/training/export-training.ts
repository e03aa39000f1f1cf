import { FEWEST_HOMES } from '@hems/models/forecast/promotion';
import type { Clock } from '../../../ports/clock.ts';
import type { Ids } from '../../../ports/ids.ts';
import type { ObjectStore } from '../../../ports/object-store.ts';
import type { Table } from '../../../ports/table.ts';
import { homesKey } from './folders.ts';
import { homesByLot } from './homes-by-lot.ts';
import { isOldEnough } from './learnt-home.ts';

export type ExportDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly objects: ObjectStore;
  /** fewer in tests */
  readonly mostHours?: number;
};

export type Exported = {
  readonly homes: number;
  readonly hours: number;
  /** homes that were left out because what is kept of them cannot be read */
  readonly unreadable: number;
  /** so many are old enough to be judged by, so that a training can end in a promotion */
  readonly enough: boolean;
};

/** A year of 684 homes, of each of which one small machine then learns a quarter (forecasting.md 4.11). */
const MOST_HOURS = 6_000_000;
/** Of a million homes few may agree, and each is asked. Then the sample is smaller, and as fair: the function has 880 s. */
const DRAW_MS = 600_000;
/** More unreadable homes than that are no accident of single items. */
const MOST_UNREADABLE = 0.1;

/**
 * Writes what the forecasts are trained on, a home a line: `{ id, firstDate, wh }`. The id is drawn for this line and kept nowhere, and there is
 * nothing else of the home in it: docs/forecast-training.md.
 */
export const exportTraining = async (
  { mostHours = MOST_HOURS, ...deps }: ExportDeps,
  execution: string,
): Promise<Exported> => {
  let [homes, hours, judged, unreadable] = [0, 0, 0, 0];
  const untilMs = deps.clock.now() + DRAW_MS;
  const lines = async function* (): AsyncGenerator<Uint8Array> {
    for await (const home of homesByLot(deps, execution)) {
      if (home === 'unreadable') unreadable += 1;
      else if (home) {
        if (hours + home.wh.length > mostHours) return;
        homes += 1;
        hours += home.wh.length;
        judged += Number(isOldEnough(home));
        yield new TextEncoder().encode(`${JSON.stringify({ id: deps.ids.next(), ...home })}\n`);
      }
      if (deps.clock.now() >= untilMs) return;
    }
  };
  await deps.objects.putStream(homesKey(execution), lines());
  if (unreadable > MOST_UNREADABLE * (homes + unreadable))
    throw new Error(`${unreadable} of ${homes + unreadable} homes cannot be read; look at the items of one of them`);
  return { homes, hours, unreadable, enough: judged >= FEWEST_HOMES };
};
