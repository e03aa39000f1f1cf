import { bandWhOf } from '@hems/models/day/derive-day';
import type { MeteredDay } from '@hems/models/history/metered-days';
import { FileRefused, type Refusals } from '@hems/models/history/reasons';
import type { LocalDate } from '@hems/models/calendar/seoul';
import type { FileReader } from '../../ports/files.ts';
import { UNKNOWN_HOURS } from '../days/hours-of-day.ts';
import type { DayTotal } from '../import-days.ts';
import { readCsv } from './csv-file.ts';
import { readGreenButton } from './green-button-file.ts';
import { textsOf } from './texts.ts';

export type HistoryFormat = 'green-button' | 'csv';
export type History = {
  readonly format: HistoryFormat;
  readonly days: readonly DayTotal[];
  /** where the file says each of them */
  readonly lineOf: ReadonlyMap<LocalDate, number>;
};

type Metered = { readonly drawn: MeteredDay; readonly fedIn: MeteredDay | undefined };

/** What the hours of a day tell, where the file knows them. */
const byHour = ({ date, hourWh }: MeteredDay, feedsIn: boolean): Pick<DayTotal, 'bandWh' | 'hours'> => {
  if (!hourWh) return {};
  const bandWh = bandWhOf(
    date,
    hourWh.map((importWh, hour) => ({ hour, importWh })),
  );
  const loadWh = feedsIn ? UNKNOWN_HOURS : hourWh;
  return { ...(bandWh && { bandWh }), hours: { importWh: hourWh, loadWh, solarWh: UNKNOWN_HOURS } };
};

/** Of a home that never feeds in, what it draws is what it uses; of another the meter does not tell. */
const totalOf = ({ drawn, fedIn }: Metered, feedsIn: boolean): DayTotal => ({
  date: drawn.date,
  importWh: drawn.wh,
  ...(fedIn && { exportWh: fedIn.wh }),
  ...(!feedsIn && { loadWh: drawn.wh }),
  quality: drawn.estimated || fedIn?.estimated === true ? 'estimated' : 'good',
  ...byHour(drawn, feedsIn),
  source: 'imported',
});

const isXml = (start: string): boolean => start.trimStart().startsWith('<');

/** The whole days of a file, be it Green Button or the utility's table, packed or not. Of a day only the export is known: it is left out. */
export const readHistory = async (
  reader: FileReader,
  chunks: AsyncIterable<Uint8Array>,
  refused: Refusals,
): Promise<History> => {
  const texts = await textsOf(reader.unpacked(chunks));
  const isFeed = isXml(texts.start);
  const { importDays, exportDays } = isFeed
    ? await readGreenButton(reader, texts.whole, refused)
    : { importDays: await readCsv(reader, texts, refused), exportDays: [] };
  if (importDays.length === 0 && refused.count() === 0)
    throw new FileRefused(
      isFeed ? 'not-a-history' : 'empty',
      isFeed ? 'the file holds no interval readings of Green Button' : 'the table has no rows below its header',
    );
  const feedsIn = exportDays.some(({ wh }) => wh > 0);
  const exported = new Map(exportDays.map((day) => [day.date, day]));
  return {
    format: isFeed ? 'green-button' : 'csv',
    days: importDays.map((drawn) => totalOf({ drawn, fedIn: exported.get(drawn.date) }, feedsIn)),
    lineOf: new Map(importDays.map(({ date, line }) => [date, line])),
  };
};
