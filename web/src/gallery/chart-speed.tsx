import { KOREAN } from '@hems/shared/i18n/locale';
import { dayTexts } from '@hems/shared/i18n/day';
import type { PowerSample } from '@hems/shared/chart/day-chart';
import type { DayView, DayWords } from '@hems/shared/view/day';
import { useEffect, useState, type ReactNode } from 'react';
import type { Root } from 'react-dom/client';
import { DayChart } from '../dashboard/day-chart.tsx';

/** 24 hours at one value every 10 s: more than the service sends, as much as the budget of the chart is written for. */
const POINTS = 8640;
const STEP_MS = 10_000;

const sampleAt = (at: number): PowerSample => ({ ts: at * STEP_MS, value: powerAt(at), estimated: at % 2000 < 100 });
const powerAt = (index: number): number => 300 + 250 * Math.sin(index / 400) + ((index * 7919) % 97) * 4;

const dayUntil = (last: number): DayView => ({
  nowMs: last * STEP_MS,
  samples: Array.from({ length: POINTS }, (_, index) => sampleAt(last - POINTS + 1 + index)),
  before: Array.from({ length: 96 }, (_, index) => ({
    ts: (last - POINTS + 1 + index * 90) * STEP_MS,
    value: powerAt(index * 90),
  })),
  expected: [],
  next: undefined,
  summary: KOREAN.messages.later.day,
  hasMeasured: true,
  hasEstimated: true,
  hasGap: false,
  rows: [],
});

const BEGIN = dayUntil(Math.floor(Date.parse('2026-11-23T12:00:00+09:00') / STEP_MS));
const NONE: readonly never[] = [];

const oneMore = (day: DayView): DayView => {
  const next = sampleAt(day.nowMs / STEP_MS + 1);
  return { ...day, nowMs: next.ts, samples: [...day.samples.slice(1), next] };
};

/** The chart of the dashboard, drawn at the event `draw`, and one value further at each `append`. */
const Chart = ({ words }: { readonly words: DayWords }): ReactNode => {
  const [day, setDay] = useState<DayView>();
  useEffect(() => {
    const draw = (): void => setDay(BEGIN);
    const append = (): void => setDay((before = BEGIN) => oneMore(before));
    addEventListener('draw', draw);
    addEventListener('append', append);
    document.documentElement.dataset['shown'] = 'chart-speed';
    return () => {
      removeEventListener('draw', draw);
      removeEventListener('append', append);
    };
  }, []);
  return day && <DayChart day={day} live hidden={NONE} words={words} />;
};

export const chartSpeed = async (root: Root): Promise<void> => {
  const s = await dayTexts('ko');
  root.render(
    <main>
      <Chart words={{ t: KOREAN.messages, s }} />
    </main>,
  );
};
