import { addDays, dayStart, HOUR_MS, type LocalDate } from '../calendar/seoul.ts';
import { originDateOf } from '../household/origin-date.ts';
import type { HomeDay } from './home-days.ts';
import { newReplay, replaying, stepReplay, type Replay, type ReplayState } from './replay-home.ts';

const HOURS = 24;
const importOf = ({ importWh }: ReplayState): number => importWh;
const exportOf = ({ exportWh }: ReplayState): number => exportWh;
const solarOf = ({ solarWh }: ReplayState): number => solarWh;
const loadOf = (state: ReplayState): number => importOf(state) - exportOf(state) + solarOf(state);

const isWhole = ({ recorded, origin }: Replay, date: LocalDate): boolean => {
  const hours = recorded.days.get(originDateOf(origin, date)) ?? [];
  return hours.filter((hour) => hour !== undefined).length === HOURS;
};

/** `states`: at each full hour of the date, both midnights included. */
const dayOf = ({ recorded }: Replay, date: LocalDate, states: readonly ReplayState[]): HomeDay => {
  const byHour = (register: (state: ReplayState) => number): number[] =>
    states.slice(1).map((state, hour) => register(state) - register(states[hour] ?? state));
  const sum = (register: (state: ReplayState) => number): number => byHour(register).reduce((all, wh) => all + wh, 0);
  return {
    date,
    importWh: sum(importOf),
    exportWh: sum(exportOf),
    ...(recorded.hasPv && { solarWh: sum(solarOf) }),
    loadWh: sum(loadOf),
    hours: {
      importWh: byHour(importOf),
      loadWh: byHour(loadOf),
      solarWh: recorded.hasPv ? byHour(solarOf) : Array.from({ length: HOURS }, () => null),
    },
  };
};

/** The days of a recorded home from one Korean date up to another (exclusive), as its devices would have counted them; days with a missing hour are left out. */
export function* replayDays(replay: Replay, from: LocalDate, to: LocalDate): Generator<HomeDay, void> {
  const running = replaying(replay);
  let state = newReplay(dayStart(from));
  for (let date = from; date < to; date = addDays(date, 1)) {
    const states = [state];
    for (let hour = 1; hour <= HOURS; hour++) {
      state = stepReplay(running, state, dayStart(date) + hour * HOUR_MS);
      states.push(state);
    }
    if (isWhole(replay, date)) yield dayOf(replay, date, states);
  }
}
