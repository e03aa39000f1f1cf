import { dayChart, type DayChart as Geometry } from '@hems/shared/chart/day-chart';
import type { DayView, DayWords } from '@hems/shared/view/day';
import { useId, useMemo, type ReactNode } from 'react';
import { useWidth } from '../ui/use-width.ts';
import styles from './day-chart.module.css';

const HEIGHT = 220;

export const SERIES = ['past', 'before', 'ahead'] as const;
/** The last 24 hours, the day before, the hours to come. */
export type Series = (typeof SERIES)[number];

type Props = {
  readonly day: DayView;
  readonly live: boolean;
  readonly hidden: readonly Series[];
  readonly words: DayWords;
};

const Axes = ({ chart, words: { s } }: { readonly chart: Geometry; readonly words: DayWords }): ReactNode => {
  const { plot, powerTicks, hourTicks, nowX } = chart;
  return (
    <>
      {powerTicks.map(({ y, powerW }) => (
        <g key={powerW}>
          <line className={styles['grid']} x1={plot.left} x2={plot.right} y1={y} y2={y} />
          <text className={styles['tick']} x={plot.left - 8} y={y + 4} textAnchor="end">
            {powerW / 1000}
          </text>
        </g>
      ))}
      {hourTicks.map(({ x, hour }) => (
        <g key={x}>
          <line className={styles['grid']} x1={x} x2={x} y1={plot.bottom} y2={plot.bottom + 5} />
          <text className={styles['tick']} x={x} y={HEIGHT - 4} textAnchor="middle">
            {s.hourTick(hour)}
          </text>
        </g>
      ))}
      {nowX !== undefined && <line className={styles['now']} x1={nowX} x2={nowX} y1={plot.top} y2={plot.bottom} />}
    </>
  );
};

type DrawingProps = Omit<Props, 'hidden'> & { readonly chart: Geometry; readonly width: number };

const Drawing = ({ chart, day, live, words, width }: DrawingProps): ReactNode => {
  const hatch = useId();
  return (
    <svg className={styles['chart']} width={width} height={HEIGHT} role="img" aria-label={day.summary}>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className={styles['hatch']} x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
      <Axes chart={chart} words={words} />
      <path className={styles['band']} d={chart.band} />
      <path className={styles['before']} d={chart.before} data-part="before" />
      <path className={styles['measured']} d={chart.measuredArea} />
      <path fill={`url(#${hatch})`} d={chart.estimatedArea} />
      <path className={styles['expected']} d={chart.expected} data-part="expected" />
      <path className={styles['line']} d={chart.line} data-part="line" data-until={day.samples.at(-1)?.ts} />
      {chart.end !== undefined && (
        <>
          {live && <circle key={day.nowMs} className={styles['pulse']} cx={chart.end.x} cy={chart.end.y} r="6" />}
          <circle className={styles['end']} cx={chart.end.x} cy={chart.end.y} r="5" />
        </>
      )}
    </svg>
  );
};

/** The last 24 hours as a line over its area, hatched where estimated, blank where nothing is known; the day before faint, what is expected dashed in its range. */
export const DayChart = ({ day, live, hidden, words }: Props): ReactNode => {
  const [box, width, isMeasured] = useWidth();
  const { samples, before, expected, nowMs } = day;
  const chart = useMemo(() => {
    if (!isMeasured) return undefined;
    const shown = {
      samples: hidden.includes('past') ? [] : samples,
      before: hidden.includes('before') ? [] : before,
      expected: hidden.includes('ahead') ? [] : expected,
    };
    return dayChart(shown, { width, height: HEIGHT, nowMs });
  }, [samples, before, expected, hidden, width, isMeasured, nowMs]);
  return (
    <div ref={box} className={styles['box']}>
      {chart && <Drawing chart={chart} day={day} live={live} words={words} width={width} />}
    </div>
  );
};
