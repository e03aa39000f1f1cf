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
  partial: (missing) =>
    `${many(missing, 'quarter hour has', 'quarter hours have')} no record and ${missing === 1 ? 'is' : 'are'} left blank.`,
  unit: 'in kW',
  estimatedLegend: 'estimated',
  measuredLegend: 'measured',
  gapLegend: 'blank: no record',
  table: 'Show as table',
  chart: 'Show as chart',
  tableCaption: 'Use by quarter hour over the last 24 hours, newest first',
  columns: { time: 'Time', power: 'Power', energy: 'Energy', quality: 'Quality' },
  none: 'none',
};
