import { dayChart } from '@hems/shared/chart/day-chart';
import type { DayView, DayWords } from '@hems/shared/view/day';
import { useId, useMemo, type ReactNode } from 'react';
import { useWidth } from '../ui/use-width.ts';
import styles from './day-chart.module.css';

const HEIGHT = 220;

type Props = { readonly day: DayView; readonly live: boolean; readonly words: DayWords };

/** The last 24 hours as a line over its area: hatched where estimated, blank where nothing is known. */
export const DayChart = ({ day, live, words: { s } }: Props): ReactNode => {
  const [box, width] = useWidth();
  const hatch = useId();
  const { samples, nowMs } = day;
  const chart = useMemo(() => dayChart(samples, { width, height: HEIGHT, nowMs }), [samples, width, nowMs]);
  const { plot } = chart;
  return (
    <div ref={box} className={styles['box']}>
      <svg className={styles['chart']} width={width} height={HEIGHT} role="img" aria-label={day.summary}>
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles['hatch']} x1="0" y1="0" x2="0" y2="6" />
          </pattern>
        </defs>
        {chart.powerTicks.map(({ y, powerW }) => (
          <g key={powerW}>
            <line className={styles['grid']} x1={plot.left} x2={plot.right} y1={y} y2={y} />
            <text className={styles['tick']} x={plot.left - 8} y={y + 4} textAnchor="end">
              {powerW / 1000}
            </text>
          </g>
        ))}
        {chart.hourTicks.map(({ x, hour }) => (
          <g key={hour}>
            <line className={styles['grid']} x1={x} x2={x} y1={plot.bottom} y2={plot.bottom + 5} />
            <text className={styles['tick']} x={x} y={HEIGHT - 4} textAnchor="middle">
              {s.hourTick(hour)}
            </text>
          </g>
        ))}
        <path className={styles['measured']} d={chart.measuredArea} />
        <path fill={`url(#${hatch})`} d={chart.estimatedArea} />
        <path className={styles['line']} d={chart.line} data-part="line" data-until={samples.at(-1)?.ts} />
        {chart.end !== undefined && (
          <>
            {live && <circle className={styles['pulse']} cx={chart.end.x} cy={chart.end.y} r="6" />}
            <circle className={styles['end']} cx={chart.end.x} cy={chart.end.y} r="5" />
          </>
        )}
      </svg>
    </div>
  );
};
