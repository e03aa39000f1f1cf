import type { ImportReport } from '../api/imports.ts';
import { dayText } from '../format/date.ts';
import { groupedText } from '../format/number.ts';
import type { ImportsTexts } from '../i18n/ko/imports.ts';
import type { OnboardingTexts } from '../i18n/ko/onboarding.ts';
import type { Messages } from '../i18n/messages.ts';

export type ImportWords = { readonly t: Messages; readonly s: OnboardingTexts; readonly reasons: ImportsTexts };

/** How far an import has come. `percent` is absent while there is nothing to measure. */
export type ImportView = {
  readonly state: 'busy' | 'done' | 'refused';
  readonly text: string;
  readonly percent: number | undefined;
  readonly lines: readonly string[];
  /** what was refused, line by line; the summary says how many in all */
  readonly refused: { readonly summary: string; readonly lines: readonly string[] } | undefined;
};

export const mbText = (bytes: number): string => groupedText(bytes / 1_000_000, 0);

const percentOf = (part: number, whole: number): number =>
  whole > 0 ? Math.min(100, Math.round((100 * part) / whole)) : 0;

const refusedOf = ({ refused, refusedCount }: ImportReport, { s, reasons }: ImportWords): ImportView['refused'] => {
  if (refusedCount === 0) return undefined;
  const more = refusedCount - refused.length;
  return {
    summary: s.history.refusedLines(refusedCount),
    lines: [
      ...refused.map(({ at, code }) => s.history.refusedLine({ at, reason: reasons.part[code] })),
      ...(more > 0 ? [s.history.moreLines(more)] : []),
    ],
  };
};

const spanLines = ({ from, to }: ImportReport, { t, s }: ImportWords): string[] => {
  if (from === null || to === null) return [];
  const named = (date: string): string => `${t.year(Number(date.slice(0, 4)))} ${dayText(date, t)}`;
  return [s.history.span(named(from), named(to))];
};

type Shown = Omit<ImportView, 'refused'>;

const readingView = ({ readBytes, totalBytes }: ImportReport, { s }: ImportWords): Shown => {
  const percent = percentOf(readBytes, totalBytes);
  return { state: 'busy', text: s.history.reading(percent), percent, lines: [] };
};

const SHOWN: Record<ImportReport['state'], (report: ImportReport, words: ImportWords) => Shown> = {
  'waiting-for-file': (_, { s }) => ({ state: 'busy', text: s.history.waiting, percent: undefined, lines: [] }),
  reading: readingView,
  done: (report, words) => ({
    state: 'done',
    text: words.s.history.done(report.daysTaken),
    percent: 100,
    lines: spanLines(report, words),
  }),
  refused: ({ problemCode }, { s, reasons }) => ({
    state: 'refused',
    text: s.history.refusedFile,
    percent: undefined,
    lines: problemCode === null ? [] : [reasons.file[problemCode]],
  }),
};

export const importView = (report: ImportReport, words: ImportWords): ImportView => ({
  ...SHOWN[report.state](report, words),
  refused: refusedOf(report, words),
});
