import { forecastChart } from '@hems/shared/chart/forecast-chart';
import { dayText } from '@hems/shared/format/date';
import type { ForecastWords, HoursView } from '@hems/shared/view/forecast-hours';
import { localDate } from '@hems/models/calendar/seoul';
import { useMemo, type ReactNode } from 'react';
import { useWidth } from '../ui/use-width.ts';
import styles from './forecast.module.css';

const HEIGHT = 240;

type Props = { readonly view: HoursView; readonly words: ForecastWords };

/** The expected middle over the range of 8 in 10, the 7-day mean in steps, the sun, and what was used today until now. */
export const ForecastDrawing = ({ view, words: { t, f } }: Props): ReactNode => {
  const [box, width] = useWidth();
  const { hours, actual, summary } = view;
  const chart = useMemo(() => forecastChart({ hours, actual }, { width, height: HEIGHT }), [hours, actual, width]);
  const { plot } = chart;
  return (
    <div ref={box} className={styles['box']}>
      <svg className={styles['chart']} width={width} height={HEIGHT} role="img" aria-label={summary}>
        {chart.powerTicks.map(({ y, powerW }) => (
          <g key={powerW}>
            <line className={styles['grid']} x1={plot.left} x2={plot.right} y1={y} y2={y} />
            <text className={styles['tick']} x={plot.left - 8} y={y + 4} textAnchor="end">
              {powerW / 1000}
            </text>
          </g>
        ))}
        {chart.timeTicks.map(({ x, ms, hour }) => (
          <g key={ms}>
            <line
              className={styles['grid']}
              x1={x}
              x2={x}
              y1={hour === 0 ? plot.top : plot.bottom}
              y2={plot.bottom + 5}
            />
            <text className={styles['tick']} x={x} y={HEIGHT - 4} textAnchor="middle">
              {hour === 0 ? dayText(localDate(ms), t) : f.hourTick(hour)}
            </text>
          </g>
        ))}
        <path className={styles['band']} d={chart.band} />
        <path className={styles['naive']} d={chart.naive} />
        <path className={styles['solar']} d={chart.solar} />
        <path className={styles['expected']} d={chart.expected} data-part="expected" />
        <path className={styles['actual']} d={chart.actual} />
      </svg>
    </div>
  );
};
