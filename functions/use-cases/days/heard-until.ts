import { SLOT_MS } from '@hems/models/calendar/seoul';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { isCounted } from '@hems/models/usage/household';
import { linesOf, type DeviceSamples, type Line } from '@hems/models/usage/line';

/** An inverter that told 0 W and fell silent sleeps, and a retired device has said its last: there is nothing more to wait for. */
const hasNoMore = ({ kind, retired, samples }: Line): boolean =>
  retired || (kind === 'solar_inverter' && samples.at(-1)?.quantities.power_w === 0);

const heardUntil = (lines: readonly Line[]): number =>
  Math.min(
    ...lines.flatMap((line) => {
      const last = line.samples.at(-1);
      return last === undefined || hasNoMore(line) ? [] : [last.ts];
    }),
  );

/**
 * The quarters with what is still open of them left out: a flow stands once each device that it is made of was heard at the quarter's end or
 * after it. Until then the quarter holds a part of its energy only, and would pass for a low one.
 */
export const withoutOpen = (
  quarters: readonly HouseholdQuarter[],
  said: readonly DeviceSamples[],
): HouseholdQuarter[] => {
  const lines = linesOf(said.filter(({ kind }) => isCounted(kind)));
  const untilMs = {
    loadWh: heardUntil(lines),
    importWh: heardUntil(lines.filter(({ kind }) => kind === 'smart_meter')),
    solarWh: heardUntil(lines.filter(({ kind }) => kind === 'solar_inverter')),
  };
  return quarters.map((quarter) => {
    const endMs = quarter.startMs + SLOT_MS;
    const whole = (of: keyof typeof untilMs): number | undefined => (endMs <= untilMs[of] ? quarter[of] : undefined);
    return { ...quarter, loadWh: whole('loadWh'), importWh: whole('importWh'), solarWh: whole('solarWh') };
  });
};
