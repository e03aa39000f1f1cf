import type { BarChart, Column } from '@hems/shared/chart/bar-chart';
import type { BarView } from '@hems/shared/view/energy-bar';
import { useId, type ReactNode } from 'react';
import styles from './bar-chart.module.css';

export type DrawnBar = Pick<BarView, 'label' | 'tick' | 'value' | 'compared' | 'state'>;

type BarProps = {
  readonly bar: DrawnBar;
  readonly column: Column;
  readonly hatch: string;
  readonly top: number;
  readonly bottom: number;
};

/** Estimated: hatched. Partly missing: an outline, half filled. Not recorded: a dashed frame as high as the plot, never a bar of 0. */
const Bar = ({ bar: { state }, column: { left, width, bar, compared }, hatch, top, bottom }: BarProps): ReactNode => (
  <>
    {compared && <rect className={styles['compared']} {...compared} rx="2" />}
    {state === 'missing' && (
      <rect
        className={styles['missing']}
        x={left + width * 0.19}
        y={top}
        width={width * 0.62}
        height={bottom - top}
        rx="2"
        data-state="missing"
      />
    )}
    {bar && (
      <>
        <rect className={styles[state] ?? styles['known']} {...bar} rx="2" data-state={state} />
        {(state === 'estimated' || state === 'doubtful') && <rect {...bar} fill={`url(#${hatch})`} />}
      </>
    )}
  </>
);

type Props = {
  readonly chart: BarChart;
  readonly bars: readonly DrawnBar[];
  readonly axis: (value: number) => string;
  /** the chart in one sentence */
  readonly summary: string;
  readonly chosen: number | undefined;
  readonly size: { readonly width: number; readonly height: number };
};

const Axis = ({ chart: { plot, ticks }, axis }: Pick<Props, 'chart' | 'axis'>): ReactNode =>
  ticks.map(({ y, value }) => (
    <g key={value}>
      <line className={styles['grid']} x1={plot.left} x2={plot.right} y1={y} y2={y} />
      <text className={styles['tick']} x={plot.left - 6} y={y + 4} textAnchor="end">
        {axis(value)}
      </text>
    </g>
  ));

/** The bars of a span over their axis; the chosen one on a band. */
export const BarDrawing = ({ chart, bars, axis, summary, chosen, size: { width, height } }: Props): ReactNode => {
  const hatch = useId();
  const { plot, columns, zeroY } = chart;
  const pairs = columns.flatMap((column, index) => {
    const bar = bars[index];
    return bar === undefined ? [] : [{ column, bar }];
  });
  const picked = chosen === undefined ? undefined : columns[chosen];
  return (
    <svg className={styles['chart']} width={width} height={height} role="img" aria-label={summary}>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className={styles['hatch']} x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
      <Axis chart={chart} axis={axis} />
      {picked && (
        <rect
          className={styles['picked']}
          x={picked.left}
          y={plot.top}
          width={picked.width}
          height={plot.bottom - plot.top}
          rx="3"
        />
      )}
      {pairs.map(({ column, bar }) => (
        <Bar key={bar.label} bar={bar} column={column} hatch={hatch} top={plot.top} bottom={zeroY} />
      ))}
      {pairs.map(
        ({ column, bar }) =>
          bar.tick !== undefined && (
            <text
              key={bar.label}
              className={styles['tick']}
              x={column.left + column.width / 2}
              y={height - 6}
              textAnchor="middle"
            >
              {bar.tick}
            </text>
          ),
      )}
    </svg>
  );
};
