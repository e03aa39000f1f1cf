import type { LocalDate } from '@hems/models/calendar/seoul';

const HOUR = /^(\d{4}-\d\d-\d\d)[T ](\d\d):00(?::00)?$/;
/** CalTRACK's coverage: a day needs half of its hours. */
const MIN_HOURS = 12;

const localDateIn = (timeZone: string): ((utcMs: number) => LocalDate) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (utcMs) => format.format(utcMs);
};

type Hour = { readonly utcMs: number; readonly celsius: number };
/** The hours with a measured temperature; none where the file has no such column. */
const hoursOf = (csv: string): Hour[] => {
  const [head = '', ...lines] = csv.trimEnd().split(/\r?\n/);
  const columns = head.split(',');
  const [ts, temperature] = [columns.indexOf('ts'), columns.indexOf('temp_c')];
  if (ts < 0 || temperature < 0) return [];
  return lines.flatMap((line): Hour[] => {
    const cells = line.split(',');
    const [, date, hour] = HOUR.exec(cells[ts] ?? '') ?? [];
    const celsius = cells[temperature] ?? '';
    if (date === undefined || celsius === '') return [];
    return [{ utcMs: Date.parse(`${date}T${hour}:00Z`), celsius: Number(celsius) }];
  });
};

/**
 * Daily means, hundredths of a degree Celsius, by the resident's date, of a file that carries measured temperatures
 * (`temp_c`, stamps in UTC, as the one home that has them). `tmy_temp_c` is a typical year, not those days: it is not read.
 */
export const meanTemperatures = (csv: string, timeZone: string): Map<LocalDate, number> => {
  const dateOf = localDateIn(timeZone);
  const days = Map.groupBy(hoursOf(csv), ({ utcMs }) => dateOf(utcMs));
  const mean = (hours: readonly Hour[]): number =>
    Math.round((100 * hours.reduce((sum, { celsius }) => sum + celsius, 0)) / hours.length);
  return new Map(
    [...days].flatMap(([date, hours]): [LocalDate, number][] =>
      hours.length < MIN_HOURS ? [] : [[date, mean(hours)]],
    ),
  );
};
