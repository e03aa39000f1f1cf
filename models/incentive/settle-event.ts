import { isUsable, type Baseline, type Use } from '../baseline/baseline.ts';
import { SIMILAR_DAY_METHODS, type SimilarDayMethod } from '../baseline/methods.ts';
import { similarDayBaseline } from '../baseline/similar-days.ts';
import type { DayKind } from '../calendar/holidays.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import { eventPay, homeTarget, mission, type EventUse } from './events.ts';
import type { EventInputs, EventUseInputs, HourInputs } from './inputs.ts';
import { notSettled, versionNamed, type NotSettled, type Version } from './programme.ts';
import { settled, type Reward, type Settled } from './reward.ts';
import { APARTMENT_MISSION, HOME_TARGET, NATIONAL_DR } from './rows/events.ts';

const NO_EVENTS: ReadonlySet<LocalDate> = new Set();
type History = ReadonlyMap<LocalDate, Use>;
const historyOf =
  ({ simulated }: EventUseInputs) =>
  ({ history }: HourInputs): History =>
    new Map(
      Object.entries(history).map(([date, use]): [LocalDate, Use] => [
        date,
        simulated && use.quality === 'estimated' ? { ...use, quality: 'good' } : use,
      ]),
    );

/** The days as they were chosen when the inputs were frozen, whatever the calendar says by now. */
const frozenCalendar = ({ candidates, calendarEnded }: EventUseInputs): ((date: LocalDate) => DayKind | undefined) => {
  const chosen = new Set(candidates);
  const earliest = candidates.at(-1);
  const isBeyond = (date: LocalDate): boolean => earliest === undefined || date < earliest;
  return (date) => (chosen.has(date) ? 'weekday' : calendarEnded && isBeyond(date) ? undefined : 'saturday');
};

type Hour = { readonly hour: HourInputs; readonly baseline: Baseline };
type Judged = { readonly use: EventUse; readonly baseline: Baseline };

const methodOf = ({ method }: EventUseInputs): SimilarDayMethod | undefined =>
  SIMILAR_DAY_METHODS.find(({ id, version }) => id === method.id && version === method.version);

/**
 * What each hour of the event would have used, from the days that stand for it; known before the event where the method does not adjust
 * to the day itself. One hour that cannot be told, and the event cannot.
 */
export const eventBaselines = (inputs: EventUseInputs): readonly Hour[] | NotSettled => {
  const method = methodOf(inputs);
  if (!method)
    return notSettled('unknown-rule', `there is no baseline method ${inputs.method.id} ${inputs.method.version}`);
  const pastOf = historyOf(inputs);
  const day = {
    eventDate: inputs.date,
    earlierEventDates: NO_EVENTS,
    calendar: frozenCalendar(inputs),
    before: inputs.before.map((hour) => ({ actual: hour.actual, history: pastOf(hour) })),
  };
  const hours: Hour[] = [];
  for (const hour of inputs.hours) {
    const baseline = similarDayBaseline(method, { ...day, history: pastOf(hour) });
    if (baseline.status === 'refused') return notSettled(baseline.code, `hour ${hour.hour}: ${baseline.detail}`);
    hours.push({ hour, baseline });
  }
  return hours;
};

/** Each hour of the event against its own baseline. */
const judge = (inputs: EventUseInputs): readonly Judged[] | NotSettled => {
  const missing = inputs.hours.find(({ actual }) => !isUsable(actual));
  if (missing) return notSettled('missing-use', `hour ${missing.hour} of ${inputs.date} is not known in full`);
  const hours = eventBaselines(inputs);
  if ('status' in hours) return hours;
  return hours.flatMap(({ hour: { actual }, baseline }) =>
    isUsable(actual) ? [{ use: { baseline: baseline.expected, actualWh: actual.wh }, baseline }] : [],
  );
};

const withVersion = <Rule>(
  row: Version<Rule> | NotSettled,
  reward: (row: Version<Rule>) => Reward,
): Reward | NotSettled => ('status' in row ? row : reward(row));

const rewardFor = (inputs: EventInputs, uses: readonly EventUse[]): Reward | NotSettled => {
  if (inputs.programme === 'apartment-mission')
    return withVersion(versionNamed(APARTMENT_MISSION, inputs.version), (row) =>
      mission(row, uses, inputs.successesBefore),
    );
  if (inputs.programme === 'national-dr')
    return withVersion(versionNamed(NATIONAL_DR, inputs.version), (row) => eventPay(row, uses));
  return withVersion(versionNamed(HOME_TARGET, inputs.version), (row) => homeTarget(row, uses, inputs.points));
};

/** An event of one home, hour by hour against similar days. */
export const settleEvent = (inputs: EventInputs): Settled | NotSettled => {
  const judged = judge(inputs);
  if ('status' in judged) return judged;
  const reward = rewardFor(
    inputs,
    judged.map(({ use }) => use),
  );
  if (reward.status === 'refused') return reward;
  return settled(
    inputs.period,
    reward,
    judged.map(({ baseline }) => baseline),
  );
};
