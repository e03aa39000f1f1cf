import type { LocalDate } from '../calendar/seoul.ts';
import type { Baseline, NoBaseline, Use } from '../baseline/baseline.ts';
import { asNumber } from '../baseline/exact-wh.ts';
import { OWN_DAY_DEFAULT } from '../baseline/methods.ts';
import { similarDayBaseline } from '../baseline/similar-days.ts';
import { carbonOf } from '../carbon/carbon.ts';
import { worst } from '../reading/quality.ts';
import type { BandWh, DaySaving } from './day-value.ts';
import { gridUse } from './day-use.ts';
import type { DayFacts } from './derive-day.ts';

/** The method of the daily saving: the scorecard's choice for whole days. */
export const DAY_METHOD = OWN_DAY_DEFAULT;
/** No baseline of a day looks further back: 77 days of weekends, and the three days before that it is adjusted to. */
export const HISTORY_DAYS = 80;

export type Uses = ReadonlyMap<LocalDate, Use>;
export const usesOf = (days: Iterable<DayFacts>, isDemo: boolean): Map<LocalDate, Use> => {
  const uses = new Map<LocalDate, Use>();
  for (const day of days) {
    const use = gridUse(day, isDemo);
    if (use) uses.set(day.date, use);
  }
  return uses;
};

const NO_EVENTS: ReadonlySet<LocalDate> = new Set();

/** What the home would have drawn from the grid on the date, by its own days before. */
const expectedOn = (date: LocalDate, history: Uses): Baseline | NoBaseline =>
  similarDayBaseline(DAY_METHOD, { eventDate: date, earlierEventDates: NO_EVENTS, history });

/** The expected use by bands, shaped like the days it rests on; the rounding is borne by the last band. */
const expectedBands = (
  { evidence }: Baseline,
  expectedWh: number,
  bandsOn: (date: LocalDate) => BandWh | undefined,
): BandWh | undefined => {
  const used = evidence.flatMap(({ period, fate }) => (fate === 'used' ? (bandsOn(period) ?? []) : []));
  const sum = used.reduce((a, b) => ({ off: a.off + b.off, mid: a.mid + b.mid, peak: a.peak + b.peak }), {
    off: 0,
    mid: 0,
    peak: 0,
  });
  const whole = sum.off + sum.mid + sum.peak;
  if (whole === 0) return expectedWh === 0 ? sum : undefined;
  const off = Math.floor((expectedWh * sum.off) / whole);
  const mid = Math.floor((expectedWh * sum.mid) / whole);
  return { off, mid, peak: expectedWh - off - mid };
};

const refused = (code: string, detail: string): DaySaving => ({
  status: 'refused',
  method: DAY_METHOD.id,
  version: DAY_METHOD.version,
  code,
  detail,
});

const whyUnknown = ({ importWh, missingImportSlots = 0, quality }: DayFacts, hasMeter: boolean): DaySaving => {
  if (importWh === undefined && !hasMeter) return refused('no-grid-meter', 'the household has no smart meter');
  if (importWh === undefined) return refused('missing-use', 'the grid use of the day is not known');
  if (quality === 'bad') return refused('broken-register', 'a register fell or leapt within the day');
  return refused('missing-use', `the grid use of ${missingImportSlots} of 96 quarter hours is not known`);
};

export type SavingCase = {
  readonly day: DayFacts;
  readonly isDemo: boolean;
  readonly hasMeter: boolean;
  readonly history: Uses;
  /** where the contract is by time of use: the bands of the days before */
  readonly bandsOn?: (date: LocalDate) => BandWh | undefined;
};

/** The saving of a day in energy and CO2, the won still to be told by its period, and the baseline behind it. */
export const savingOf = (
  one: SavingCase,
): { readonly saving: DaySaving; readonly baseline: Baseline | NoBaseline | undefined } => {
  const { day, history, isDemo, hasMeter, bandsOn } = one;
  const use = gridUse(day, isDemo);
  if (!use) return { saving: whyUnknown(day, hasMeter), baseline: undefined };
  const baseline = expectedOn(day.date, history);
  if (baseline.status === 'refused') return { saving: refused(baseline.code, baseline.detail), baseline };
  const expectedWh = Math.round(asNumber(baseline.expected));
  const savedWh = expectedWh - use.wh;
  const bandWh = bandsOn && expectedBands(baseline, expectedWh, bandsOn);
  return {
    baseline,
    saving: {
      status: 'saved',
      method: baseline.method,
      version: baseline.version,
      expectedWh,
      ...(bandWh && { expectedBandWh: bandWh }),
      interval: baseline.interval,
      savedWh,
      savedWon: null,
      savedCo2G: carbonOf(savedWh, day.date).grams,
      quality: worst([baseline.quality, day.quality === 'good' ? 'good' : 'estimated']),
      remarks: [...baseline.remarks],
    },
  };
};
