import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { addDays, dayStart, localDate } from '@hems/models/calendar/seoul';
import { originDateOf } from '@hems/models/household/origin-date';
import { newReplay, replaying, replayPoints, stepReplay } from '@hems/models/testing/replay-home';
import { readReplayFolder } from './replay-folder.ts';
import { largestKwh, replayOrigin } from './replay-household.ts';

/** The recorded homes lie beside the repository, not in it. */
const FOLDER = fileURLToPath(new URL('../../../../shared/data/homes', import.meta.url));
const present = existsSync(FOLDER);
if (!present) console.warn(`skipped: the recorded homes are not at ${FOLDER}`);

const TODAY = '2026-11-22';
const DAYS = 60;

const PLAIN = ['fontana09', 'lcl000010', 'sgsc10006414', 'sceaux', 'ukeem1'];
const homes = present ? await readReplayFolder(FOLDER, [...PLAIN, 'fontana02']) : [];

describe.skipIf(!present)('the recorded homes, read where they are', () => {
  test.each(PLAIN)('the last 60 days of %s live again with their energy to 1 Wh and their gaps', (name) => {
    const home = homes.find((one) => one.home === name);
    const origin = replayOrigin(home!, { today: TODAY, scale: 1 });
    const replay = replaying({ name, recorded: home!.recorded, origin });
    let state = newReplay(dayStart(addDays(TODAY, -DAYS)));
    for (let date = localDate(state.atMs); date < TODAY; date = addDays(date, 1)) {
      const before = state;
      const hours = home!.recorded.days.get(originDateOf(origin, date))!;
      for (let hour = 0; hour < 24; hour++) {
        const middle = dayStart(date) + hour * 3_600_000 + 1_800_000;
        state = stepReplay(replay, state, middle);
        expect(replayPoints(replay, state).length > 0).toBe(hours[hour] !== undefined);
      }
      state = stepReplay(replay, state, dayStart(addDays(date, 1)));
      const loadWh =
        state.importWh - before.importWh - (state.exportWh - before.exportWh) + state.solarWh - before.solarWh;
      const recordedWh = Math.round(1000 * hours.reduce((sum, hour) => sum + (hour?.loadKwh ?? 0), 0));
      expect(Math.abs(loadWh - recordedWh)).toBeLessThanOrEqual(1);
    }
  });

  test('the factors that make Korean households of them are those of the data page', () => {
    const origins = homes.map((home) => replayOrigin(home, { today: TODAY, scale: 'auto' }));
    expect(origins.map(({ scale }) => scale.toFixed(2))).toEqual(['0.60', '0.46', '1.35', '0.46', '1.01', '0.47']);
    expect(origins.at(-1)!.pvScale.toFixed(2)).toBe('0.70');
    for (const [index, home] of homes.entries()) expect(largestKwh(home, origins[index]!)).toBeLessThan(5);
  });
});
