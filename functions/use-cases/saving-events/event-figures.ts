import type { EventOutcome } from '@hems/models/incentive/event-outcome';
import type { Table } from '../../ports/table.ts';
import { participantPages } from '../stores/participations.ts';

/** What an event came to over the homes that take part in it. Whole Wh, of the homes whose result is known. */
export type EventFigures = {
  readonly households: number;
  /** `final`: settled in every home; `provisional`: worked out from the quarter hours that arrived; `none`: not yet */
  readonly stage: 'none' | 'provisional' | 'final';
  readonly importWh: number;
  readonly baselineWh: number;
  /** baseline − import: homes that used more than usual count against it */
  readonly savedWh: number;
  /** of the home with the most, so that a sum is not handed out that is mostly of one */
  readonly largestImportWh: number;
  readonly largestBaselineWh: number;
  /** homes by the quality of their result; `missing`: it is not known */
  readonly quality: { readonly good: number; readonly estimated: number; readonly missing: number };
};

type Sums = {
  households: number;
  settled: number;
  looked: number;
  importWh: number;
  baselineWh: number;
  largestImportWh: number;
  largestBaselineWh: number;
  good: number;
  estimated: number;
};

const addUp = (sums: Sums, outcome: EventOutcome | null): void => {
  if (outcome) sums.looked += 1;
  if (outcome?.status !== 'known') return;
  sums.importWh += outcome.importWh;
  sums.baselineWh += outcome.baselineWh;
  sums.largestImportWh = Math.max(sums.largestImportWh, outcome.importWh);
  sums.largestBaselineWh = Math.max(sums.largestBaselineWh, outcome.baselineWh);
  if (outcome.quality === 'good') sums.good += 1;
  else sums.estimated += 1;
};

const stageOf = ({ households, settled, looked }: Sums): EventFigures['stage'] => {
  if (looked === 0) return 'none';
  return settled === households ? 'final' : 'provisional';
};

/**
 * Adds up an event over its homes, a page of each part of the index at a time: nothing is held but the sums. It names no home, and of few
 * homes it tells of each one: whoever hands it out keeps to the limits of a cohort.
 */
export const eventFigures = async ({ table }: { readonly table: Table }, eventId: string): Promise<EventFigures> => {
  const sums: Sums = {
    households: 0,
    settled: 0,
    looked: 0,
    importWh: 0,
    baselineWh: 0,
    largestImportWh: 0,
    largestBaselineWh: 0,
    good: 0,
    estimated: 0,
  };
  await Promise.all(
    participantPages(table, eventId).map(async (pages) => {
      for await (const page of pages)
        for (const { own } of page) {
          sums.households += 1;
          if (own.final) sums.settled += 1;
          addUp(sums, own.final ?? own.provisional);
        }
    }),
  );
  const { households, importWh, baselineWh, largestImportWh, largestBaselineWh, good, estimated } = sums;
  return {
    households,
    stage: stageOf(sums),
    importWh,
    baselineWh,
    savedWh: baselineWh - importWh,
    largestImportWh,
    largestBaselineWh,
    quality: { good, estimated, missing: households - good - estimated },
  };
};
