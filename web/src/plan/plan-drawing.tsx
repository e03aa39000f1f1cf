import { localDate } from '@hems/models/calendar/seoul';
import { planChart, type AxisTick } from '@hems/shared/chart/plan-chart';
import { dayText } from '@hems/shared/format/date';
import { groupedText } from '@hems/shared/format/number';
import type { PlanView } from '@hems/shared/view/plan';
import type { PlanWords } from '@hems/shared/view/plan-steps';
import { useId, useMemo, type ReactNode } from 'react';
import { useWidth } from '../ui/use-width.ts';
import styles from './plan.module.css';

const HEIGHT = 340;

type AxisProps = {
  readonly ticks: readonly AxisTick[];
  readonly left: number;
  readonly right: number;
  readonly unit: string;
  readonly top: number;
  readonly text: (value: number) => string;
};

const Axis = ({ ticks, left, right, unit, top, text }: AxisProps): ReactNode => (
  <>
    {ticks.map(({ y, value }) => (
      <g key={value}>
        <line className={styles['grid']} x1={left} x2={right} y1={y} y2={y} />
        <text className={styles['tick']} x={left - 6} y={y + 4} textAnchor="end">
          {text(value)}
        </text>
      </g>
    ))}
    <text className={styles['tick']} x={right} y={top - 5} textAnchor="end">
      {unit}
    </text>
  </>
);

const kilo = (value: number): string => groupedText(Math.abs(value) / 1000, Math.abs(value) >= 9950 ? 0 : 1);
const whole = (value: number): string => groupedText(value, 0);

type Props = { readonly view: PlanView; readonly words: PlanWords };

/** Three panels over the same time: what battery and car do, what is stored, what a kWh costs. */
export const PlanDrawing = ({ view: { steps, stepMs, summary }, words: { t, s } }: Props): ReactNode => {
  const [box, width] = useWidth();
  const hatch = useId();
  const chart = useMemo(() => planChart(steps, { width, height: HEIGHT, stepMs }), [steps, width, stepMs]);
  const { left, right, panels, ticks } = chart;
  return (
    <div ref={box} className={styles['box']}>
      <svg className={styles['chart']} width={width} height={HEIGHT} role="img" aria-label={summary}>
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles['hatch']} x1="0" y1="0" x2="0" y2="5" />
          </pattern>
        </defs>
        <Axis ticks={ticks.power} left={left} right={right} unit={s.units.power} top={panels.power.top} text={kilo} />
        <Axis
          ticks={ticks.stored}
          left={left}
          right={right}
          unit={s.units.stored}
          top={panels.stored.top}
          text={kilo}
        />
        <Axis ticks={ticks.price} left={left} right={right} unit={s.units.price} top={panels.price.top} text={whole} />
        {chart.timeTicks.map(({ x, ms, hour }) => (
          <g key={ms}>
            {hour === 0 && (
              <line className={styles['grid']} x1={x} x2={x} y1={panels.power.top} y2={panels.price.bottom} />
            )}
            <text className={styles['tick']} x={x} y={HEIGHT - 4} textAnchor="middle">
              {hour === 0 ? dayText(localDate(ms), t) : s.hourTick(hour)}
            </text>
          </g>
        ))}
        {chart.bars.map(({ startMs, discharge, charge, car }) => (
          <g key={startMs}>
            {discharge && <rect className={styles['discharge']} {...discharge} />}
            {charge && <rect className={styles['charge']} {...charge} fill={`url(#${hatch})`} />}
            {car && <rect className={styles['car']} {...car} />}
          </g>
        ))}
        <line className={styles['zero']} x1={left} x2={right} y1={chart.zeroY} y2={chart.zeroY} />
        <path className={styles['storedArea']} d={chart.storedArea} />
        <path className={styles['storedLine']} d={chart.storedLine} data-part="stored" />
        <path className={styles['priceLine']} d={chart.price} />
      </svg>
    </div>
  );
};
