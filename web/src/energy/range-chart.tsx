import { rangeChart } from '@hems/shared/chart/range-chart';
import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import { figureOf, type ShownQuantity } from '@hems/shared/view/device-quantity';
import type { SeriesView } from '@hems/shared/view/device-series';
import { localDate, weekday } from '@hems/models/calendar/seoul';
import { useMemo, useState, type ReactNode } from 'react';
import { useWidth } from '../ui/use-width.ts';
import slide from './bar-chart.module.css';
import styles from './range-chart.module.css';

type Props = {
  readonly view: SeriesView;
  readonly quantity: ShownQuantity;
  readonly words: Words<EnergyTexts>;
};

/** A day or a week that has just begun still has to be hit. */
const LEAST_TARGET = 48;

const heightOf = (width: number): number => (width >= 560 ? 320 : 240);

/** The weekdays of a week; of a month the day. */
const dayTick = (ms: number, count: number, { s }: Words<EnergyTexts>): string =>
  count === 7 ? s.tickWeekday(weekday(localDate(ms))) : s.tickDay(Number(localDate(ms).slice(8)));

type Chart = ReturnType<typeof rangeChart>;

const Axes = ({
  chart,
  quantity,
  words,
  height,
}: Omit<Props, 'view'> & { chart: Chart; height: number }): ReactNode => (
  <>
    {chart.ticks.map(({ y, value }) => (
      <g key={value}>
        <line className={styles['grid']} x1={chart.plot.left} x2={chart.plot.right} y1={y} y2={y} />
        <text className={styles['tick']} x={chart.plot.left - 6} y={y + 4} textAnchor="end">
          {figureOf(value, quantity)}
        </text>
      </g>
    ))}
    {chart.timeTicks.map(({ x, ms, hour }) => (
      <text
        key={ms}
        className={styles['tick']}
        x={x}
        y={height - 6}
        // the first stands beside the marks of the other axis
        textAnchor={x - chart.plot.left < 8 ? 'start' : 'middle'}
      >
        {chart.hasDays ? dayTick(ms, chart.timeTicks.length, words) : words.s.tickHour(hour)}
      </text>
    ))}
  </>
);

/** A quantity over time: its mean in the band of its extremes. A slider lies over it and tells the exact values of an interval. */
export const RangeChart = ({ view, quantity, words }: Props): ReactNode => {
  const { s } = words;
  const [box, width] = useWidth();
  const height = heightOf(width);
  const { points, frame, summary, unit } = view;
  const chart = useMemo(() => rangeChart(points, { ...frame, width, height }), [points, frame, width, height]);
  const [chosen, setChosen] = useState<number>();
  const picked = chosen === undefined ? undefined : points[chosen];
  const at = chosen === undefined ? undefined : chart.at(chosen);
  const room = ((chart.plot.right - chart.plot.left) * frame.stepMs) / (frame.toMs - frame.fromMs);
  const pickAt = (clientX: number, element: HTMLElement): void => {
    const index = Math.floor((clientX - element.getBoundingClientRect().left) / room);
    if (points.length > 0) setChosen(Math.min(points.length - 1, Math.max(0, index)));
  };
  return (
    <>
      <div ref={box} className={slide['box']} style={{ height }}>
        <svg className={slide['chart']} width={width} height={height} role="img" aria-label={summary}>
          <Axes chart={chart} quantity={quantity} words={words} height={height} />
          <path className={styles['band']} d={chart.band} />
          <path className={styles['line']} d={chart.line} />
          {at && (
            <>
              <line className={styles['at']} x1={at.x} x2={at.x} y1={chart.plot.top} y2={chart.plot.bottom} />
              <circle className={styles['dot']} cx={at.x} cy={at.y} r="5" />
            </>
          )}
        </svg>
        <input
          type="range"
          className={slide['slider']}
          style={{ left: chart.plot.left, width: Math.max(LEAST_TARGET, room * points.length) }}
          min={0}
          max={Math.max(0, points.length - 1)}
          step={1}
          value={chosen ?? 0}
          aria-label={s.device.pick}
          aria-valuetext={picked?.spoken ?? s.device.pickHint}
          onChange={({ target }) => setChosen(Number(target.value))}
          onPointerDown={({ clientX, currentTarget }) => pickAt(clientX, currentTarget)}
          onFocus={() => setChosen((before) => before ?? points.length - 1)}
        />
      </div>
      <p className={slide['readout']}>{picked?.spoken ?? s.device.pickHint}</p>
      <ul className={styles['legend']}>
        {unit !== '' && <li>{s.device.axis(unit)}</li>}
        <li>
          <span className={styles['lineSwatch']} />
          {s.device.legendMean}
        </li>
        <li>
          <span className={styles['bandSwatch']} />
          {s.device.legendRange}
        </li>
      </ul>
    </>
  );
};
