import type { Scope } from '../../view/scope.ts';
import type { EnergyTexts } from '../ko/energy.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const BEFORE: Record<Scope, string> = {
  day: 'the day before',
  week: 'the week before',
  month: 'the month before',
  billing: 'the billing period before',
  year: 'the year before',
};
const YEAR: Record<Scope, string> = {
  day: 'the same weekday 52 weeks ago',
  week: 'the same week 52 weeks ago',
  month: 'the same month last year',
  billing: 'the same billing period last year',
  year: 'the year before',
};
const many = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`;

export const en: EnergyTexts = {
  title: 'Energy use',
  scope: 'Span',
  scopes: { day: 'Day', week: 'Week', month: 'Month', billing: 'Bill', year: 'Year' },
  unit: 'Unit',
  units: { kwh: 'kWh', won: 'Won' },
  compare: 'Compare',
  comparisons: { none: 'No comparison', before: 'Span before', year: 'Last year' },
  previous: 'Previous span',
  next: 'Next span',
  today: 'Today',
  billingSpan: (from, to) => `Billing period ${from} – ${to}`,
  billingAssumed: 'You have not told us the meter-reading day; the 1st of the month is assumed.',

  total: { kwh: 'Energy used', won: 'Cost' },
  card: 'Chart',
  empty: {
    title: 'Nothing is recorded in this span',
    text: 'Look at the spans before and after. The chart fills as the meter sends values.',
  },
  notYet: { title: 'This span has not begun', text: 'Go to an earlier one, or to today.' },
  gaps: (missing, unit) =>
    `${many(missing, unit)} without a record ${missing === 1 ? 'is' : 'are'} not part of the total.`,
  unpricedGaps: (missing, unit) =>
    `${many(missing, unit)} not worked out yet ${missing === 1 ? 'is' : 'are'} not part of the total.`,
  partialBins: (count, unit) =>
    `${many(count, unit)} ${count === 1 ? 'lacks' : 'lack'} part of the record, so the true figure may be higher.`,
  binUnit: { hour: 'hour', day: 'day', month: 'month' },
  costBySettledDay: 'A day is priced once it is over; today’s cost is not in yet.',
  costByDay: 'Cost is worked out by the day and not divided into hours.',
  costAssumed: 'You have not told us your contract; the most common one is assumed.',
  costProvisional: 'Provisional: late readings or a price that is not settled may change it.',

  comparedWith: (scope, comparison) => (comparison === 'year' ? YEAR : BEFORE)[scope],
  less: (than, amount, percent) => `${amount} less than ${than} (${percent} down).`,
  more: (than, amount, percent) => `${amount} more than ${than} (${percent} up).`,
  same: (than) => `The same as ${than}.`,
  comparedOver: (bins, unit) => `Compared over the ${many(bins, unit)} that both have in full.`,
  comparedNone: (than) => `Nothing is recorded of ${than}, so there is nothing to compare with.`,

  flows: { import: 'From the grid', export: 'To the grid', solar: 'Solar made' },

  chart: (s) => `Bar chart of ${s.what}, ${s.span}: total ${s.total}, most ${s.most} at ${s.mostAt}.`,
  pick: 'Choose a bar',
  pickHint: 'Tap a bar or use the arrow keys for exact values.',
  bar: (s) => `${s.name} · ${s.value} · ${s.state}`,
  barCompared: (than, value) => `${than} ${value}`,
  none: 'no record',
  hour: (hour) => `${hour}:00–${hour + 1}:00`,
  tickHour: (hour) => `${hour}:00`,
  tickDay: (day) => String(day),
  tickWeekday: (weekday) => WEEKDAYS[weekday] ?? '',
  tickMonth: (month) => String(month),
  axis: { kwh: 'in kWh', won: 'in won' },
  open: 'so far',
  unpriced: 'not worked out yet',
  states: {
    known: 'measured',
    estimated: 'estimated',
    partial: 'partly missing',
    doubtful: 'to be checked',
    missing: 'no record',
    future: 'not yet',
  },

  table: 'Show as table',
  graph: 'Show as chart',
  tableCaption: (span) => `Values of ${span}`,
  columns: { time: 'Time', value: 'Value', compared: 'Compared', state: 'Quality' },
  download: 'Download CSV',
  csv: { time: 'interval', use: 'use (Wh)', cost: 'cost (won)', compared: 'compared', state: 'quality' },
};
