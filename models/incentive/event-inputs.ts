import type { Use } from '../baseline/baseline.ts';
import { candidateDays } from '../baseline/candidate-days.ts';
import { hoursBeforeEvent, SIMILAR_DAY_METHODS, type SimilarDayMethod } from '../baseline/methods.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import { whyNotCalled, type Call } from './calls.ts';
import type { EventUseInputs, HourInputs } from './inputs.ts';
import { notSettled, versionFor, type NotSettled } from './programme.ts';
import { APARTMENT_MISSION, HOME_TARGET, NATIONAL_DR } from './rows/events.ts';
import { hoursOfEvent, type SavingEvent } from './saving-event.ts';

/** The baseline method of an event: prescribed, or fixed at enrolment among those the rule names. */
type EventRuling = { readonly version: string; readonly method: SimilarDayMethod };

const methodNamed = (id: string): SimilarDayMethod | undefined => SIMILAR_DAY_METHODS.find((one) => one.id === id);
const ruling = (version: string, methodId: string): EventRuling | NotSettled => {
  const method = methodNamed(methodId);
  return method ? { version, method } : notSettled('unknown-rule', `there is no baseline method ${methodId}`);
};

/** Which version and which baseline method decide an event of the programme for a home. */
export const rulingOf = (call: Call, fixedMethod: string | undefined): EventRuling | NotSettled => {
  const { programme, date } = call;
  const outside = whyNotCalled(call);
  if (outside) return outside;
  if (programme === NATIONAL_DR.id) {
    const version = versionFor(NATIONAL_DR, date, date);
    if ('status' in version) return version;
    const [first = '', ...others] = version.rule.baselineMethods;
    return ruling(version.id, others.find((id) => id === fixedMethod) ?? first);
  }
  const single = [APARTMENT_MISSION, HOME_TARGET].find(({ id }) => id === programme);
  if (!single) return notSettled('unknown-rule', `${programme} pays for no events`);
  const version = versionFor<{ readonly baselineMethod: string }>(single, date, date);
  return 'status' in version ? version : ruling(version.id, version.rule.baselineMethod);
};

/** What has to be read of a home to settle an event. */
export type EventPlan = EventRuling & {
  readonly event: SavingEvent;
  /** the days that may stand for the event's, latest first */
  readonly candidates: readonly LocalDate[];
  readonly calendarEnded: boolean;
  readonly hours: readonly number[];
  readonly hoursBefore: readonly number[];
};

/** `calledOn`: days with an event that the home was called to; they stand for no other. */
export const planEvent = (event: SavingEvent, decided: EventRuling, calledOn: ReadonlySet<LocalDate>): EventPlan => {
  const { method } = decided;
  const { dates, known } = candidateDays(
    { eventDate: event.date, earlierEventDates: calledOn },
    2 * method.days,
    method.candidates,
  );
  return {
    ...decided,
    event,
    candidates: dates,
    calendarEnded: !known,
    hours: hoursOfEvent(event),
    hoursBefore: hoursBeforeEvent(method, event.fromHour),
  };
};

/** The grid use of a clock hour; undefined: not known in full. */
export type UseAt = (date: LocalDate, hour: number) => Use | undefined;

export const freezeEventUse = (
  { event, version, method, candidates, calendarEnded, hours, hoursBefore }: EventPlan,
  useAt: UseAt,
): EventUseInputs => {
  const frozen = (hour: number): HourInputs => {
    const history = candidates.flatMap((date) => {
      const use = useAt(date, hour);
      return use ? [[date, use] as const] : [];
    });
    return { hour, actual: useAt(event.date, hour), history: Object.fromEntries(history) };
  };
  return {
    version,
    period: event.eventId,
    date: event.date,
    method: { id: method.id, version: method.version },
    candidates: [...candidates],
    calendarEnded,
    hours: hours.map(frozen),
    before: hoursBefore.map(frozen),
  };
};
