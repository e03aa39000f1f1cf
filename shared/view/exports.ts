import type { ExportReport } from '../api/exports.ts';
import { longDateText, longMomentText } from '../format/long-date.ts';
import { groupedText } from '../format/number.ts';
import type { PrivacyTexts } from '../i18n/ko/privacy.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';

export type ExportView = {
  readonly exportId: string;
  readonly state: ExportReport['state'];
  readonly started: string;
  readonly text: string;
  /** of a hundred, while something is to be measured */
  readonly percent: number | undefined;
  readonly downloadUrl: string | undefined;
  readonly note: string | undefined;
};

const BYTES_PER_MB = 1_000_000;
/** The smallest archive is a tenth of one. */
const mbText = (bytes: number): string => groupedText(Math.max(0.1, bytes / BYTES_PER_MB), 1);

const percentOf = ({ state, writtenFiles, totalFiles }: ExportReport): number | undefined =>
  state === 'writing' && totalFiles > 0 ? Math.round((100 * writtenFiles) / totalFiles) : undefined;

const textOf = ({ state, writtenFiles, totalFiles, bytes }: ExportReport, s: PrivacyTexts['exports']): string => {
  if (state === 'writing') return totalFiles > 0 ? s.writing(writtenFiles, totalFiles) : s.waiting;
  return state === 'ready' ? s.ready(mbText(bytes)) : s[state];
};

const noteOf = (report: ExportReport, { t, s: { exports: s } }: Words<PrivacyTexts>): string | undefined => {
  if (report.state === 'waiting' || report.state === 'writing') return s.leave;
  if (report.state !== 'ready') return undefined;
  if (report.downloadUrl === null) return s.others;
  return report.expiresMs === null ? undefined : s.until(longDateText(report.expiresMs, t));
};

const exportView = (report: ExportReport, words: Words<PrivacyTexts>): ExportView => ({
  exportId: report.exportId,
  state: report.state,
  started: words.s.exports.startedAt(longMomentText(report.startedMs, words.t)),
  text: textOf(report, words.s.exports),
  percent: percentOf(report),
  downloadUrl: report.downloadUrl ?? undefined,
  note: noteOf(report, words),
});

/** The archives that were asked for, newest first. */
export const exportsCard = (
  loaded: Loaded<{ readonly exports: readonly ExportReport[] }>,
  words: Words<PrivacyTexts>,
): Card<readonly ExportView[]> =>
  cardOf(loaded, words.t, ({ exports }) =>
    exports.length === 0 ? empty(words.s.exports.empty) : ready(exports.map((report) => exportView(report, words))),
  );
