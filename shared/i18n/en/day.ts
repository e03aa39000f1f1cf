import type { DayTexts } from '../ko/day.ts';

const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

export const en: DayTexts = {
  hourTick: (hour) => `${hour}:00`,
  empty: {
    title: 'Nothing recorded in the last 24 hours',
    text: 'A chart in steps of 15 minutes is drawn here as values arrive.',
  },
  summary: (s) =>
    `Power over the last 24 hours: lowest ${s.least}, highest ${s.most} at ${s.mostAt}, last ${s.last} at ${s.lastAt}.`,
  summaryAhead: (s) => `The next 6 hours are expected between ${s.low} and ${s.high}.`,
  next: (s) => `About ${s.power} is expected in the hour ${s.when}.`,
  old: (moment) => `The forecast was made ${moment}.`,
  show: 'What the chart shows',
  series: { past: 'Last 24 h', before: 'Day before', ahead: 'Next 6 h' },
  partial: (missing) =>
    `${many(missing, 'quarter hour has', 'quarter hours have')} no record and ${missing === 1 ? 'is' : 'are'} left blank.`,
  unit: 'in kW',
  estimatedLegend: 'estimated',
  measuredLegend: 'measured',
  gapLegend: 'blank: no record',
  table: 'Show as table',
  chart: 'Show as chart',
  tableCaption:
    'The next 6 hours as expected, and the mean power of each quarter hour of the last 24 hours, newest first',
  columns: { time: 'Time', power: 'Power', before: 'Day before', quality: 'Kind' },
  hourFrom: (time) => `from ${time}`,
  expected: (range) => `expected ${range}`,
  none: 'none',
};
