import { MAX_SHARE_PERCENT, MIN_COHORT } from '../community/cohort.ts';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import type { SavingEvent } from '../incentive/saving-event.ts';
import { durationText, instantText } from './duration.ts';
import type { ReportRequest, ValuesMap } from './objects.ts';

/** Client id and name under which the platform itself reports. */
export const PLATFORM_CLIENT = 'hems-platform';

/** What an event came to over its homes; energy of those whose result is known. */
export type Figures = {
  readonly households: number;
  readonly stage: 'none' | 'provisional' | 'final';
  readonly importWh: number;
  readonly baselineWh: number;
  readonly largestImportWh: number;
  readonly largestBaselineWh: number;
  readonly quality: { readonly good: number; readonly estimated: number; readonly missing: number };
};

/** The sums that a report tells, and of how many homes. */
export type Told = {
  readonly homes: number;
  readonly importKwh: number;
  readonly baselineKwh: number;
  readonly isWhole: boolean;
};

const KWH = 1000;

const isMostlyOfOne = (largestWh: number, sumWh: number): boolean => largestWh * 100 > sumWh * MAX_SHARE_PERCENT;

/** Whole kWh, and a step that no single home exceeds: its use, its baseline and the difference of the two are below it. */
const stepOf = ({ largestImportWh, largestBaselineWh }: Figures): number => {
  let step = KWH;
  while (step < Math.max(largestImportWh, largestBaselineWh)) step *= 2;
  return step;
};

/** Undefined where a home could be told from it: fewer homes than a cohort, or one that is more than its share (as in models/partner/suppression.ts). */
export const toldOf = (figures: Figures): Told | undefined => {
  const { importWh, baselineWh, largestImportWh, largestBaselineWh, quality } = figures;
  const homes = quality.good + quality.estimated;
  if (homes < MIN_COHORT || isMostlyOfOne(largestImportWh, importWh) || isMostlyOfOne(largestBaselineWh, baselineWh))
    return undefined;
  const step = stepOf(figures);
  const rounded = (wh: number): number => (Math.round(wh / step) * step) / KWH;
  return {
    homes,
    importKwh: rounded(importWh),
    baselineKwh: rounded(baselineWh),
    isWhole: quality.estimated === 0 && quality.missing === 0,
  };
};

/**
 * What may be told after something was told before. Two sums over almost the same homes tell of the few between them, so a sum whose
 * number of homes differs by less than a cohort is not told: the one before stands.
 */
export const toldNext = (before: Told | undefined, now: Told | undefined): Told | undefined => {
  if (!before || !now) return before ?? now;
  const differ = Math.abs(now.homes - before.homes);
  return differ > 0 && differ < MIN_COHORT ? { ...before, isWhole: false } : now;
};

const TYPES = ['USAGE', 'BASELINE', 'DELTA_USAGE'] as const;

const payloadsOf = (told: Told | undefined): ValuesMap[] => {
  if (!told) return [{ type: 'DATA_QUALITY', values: ['MISSING'] }];
  const { importKwh, baselineKwh, isWhole } = told;
  const values = { USAGE: importKwh, BASELINE: baselineKwh, DELTA_USAGE: importKwh - baselineKwh };
  return [
    ...TYPES.map((type) => ({ type, values: [values[type]] })),
    { type: 'DATA_QUALITY', values: [isWhole ? 'OK' : 'ESTIMATED'] },
  ];
};

/**
 * The report of the platform on an event: one interval over all homes that take part, in kWh drawn from the grid. DELTA_USAGE is usage less
 * baseline, negative where homes saved. Without sums the quality is MISSING and nothing else is told.
 */
export const reportOf = (
  event: Pick<SavingEvent, 'eventId' | 'date' | 'fromHour' | 'toHour'>,
  stage: 'provisional' | 'final',
  told: Told | undefined,
): ReportRequest => ({
  eventID: event.eventId,
  clientName: PLATFORM_CLIENT,
  reportName: stage,
  payloadDescriptors: TYPES.map((payloadType) => ({
    objectType: 'REPORT_PAYLOAD_DESCRIPTOR' as const,
    payloadType,
    readingType: payloadType === 'USAGE' && told?.isWhole === true ? 'SUMMED' : 'ESTIMATED',
    units: 'KWH',
  })),
  resources: [
    {
      resourceName: 'AGGREGATED_REPORT',
      intervalPeriod: {
        start: instantText(dayStart(event.date) + event.fromHour * HOUR_MS),
        duration: durationText((event.toHour - event.fromHour) * HOUR_MS),
      },
      intervals: [{ id: 0, payloads: payloadsOf(told) }],
    },
  ],
});
