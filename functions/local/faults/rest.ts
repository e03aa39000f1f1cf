import { setTimeout as sleep } from 'node:timers/promises';
import { askOutside } from './ask-outside.ts';
import { lookInto, ordersOf, promisedBy, type Place } from './fault-place.ts';
import { leftOver, violationsOf } from './invariants.ts';
import { moneyLeft } from './owed.ts';
import type { Stored } from './stored.ts';

const CALM_STEPS_MS = [0, 300_000, 1_800_000, 3_600_000, 6 * 3_600_000, 12 * 3_600_000, 12 * 3_600_000];
const CALM_MS = 40_000;
/** a run of the month on a machine that does something else as well */
const RUN_MS = 180_000;

/** Looks into the store of a host that lives until nothing is under way, or its time is over. */
const restOf = async (place: Place, signal: AbortSignal): Promise<Stored> => {
  const late = AbortSignal.timeout(RUN_MS);
  for (;;) {
    await sleep(2500);
    const seen = await lookInto(place);
    // what was corrected last is settled by the next run
    const isUnsettled = moneyLeft(seen, promisedBy(place).owed).length > 0;
    if (isUnsettled && !late.aborted) await place.people.settle();
    const isOver = signal.aborted && (!isUnsettled || late.aborted);
    if (isOver || leftOver(seen, promisedBy(place)).length === 0) return seen;
  }
};

/** Lives without faults until everything that was owed is done: what is left then is a violation. */
export const comeToRest = async (
  place: Place,
  before: Stored | undefined,
): Promise<{ now: Stored; violations: string[] }> => {
  const { gateways, people, time, ports, say } = place;
  const found: string[] = [];
  let now = before;
  for (const [round, stepMs] of CALM_STEPS_MS.entries()) {
    time.aheadMs += stepMs;
    const life = place.hosts.live(ordersOf(place, 1_000_000 + round));
    if (!(await life.ready)) throw new Error(`the host did not come up:\n${life.out()}`);
    const signal = AbortSignal.timeout(CALM_MS);
    if (round === 0) {
      await Promise.all(gateways.map(async (one) => await one.finish({ mqttPort: ports.mqttPort, signal })));
      await people.finish(signal);
      found.push(...(await askOutside(place)));
    }
    const seen = await restOf(place, signal);
    life.child.kill('SIGINT');
    await life.ended;
    found.push(...violationsOf(now, seen, promisedBy(place)));
    now = seen;
    const left = leftOver(seen, promisedBy(place));
    say(`at rest ${round + 1}: ${left.length === 0 ? 'nothing is left' : left.join('; ')}`);
    if (left.length === 0) return { now: seen, violations: found };
    if (round === CALM_STEPS_MS.length - 1) found.push(...left);
  }
  if (!now) throw new Error('no life came to rest');
  return { now, violations: found };
};
