import { barChart } from '@hems/shared/chart/bar-chart';
import type { BarView } from '@hems/shared/view/energy-bar';
import { useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { useWidth } from '../ui/use-width.ts';
import styles from './bar-chart.module.css';
import { BarDrawing, type DrawnBar } from './bar-drawing.tsx';

/** Wide windows have room for a taller one. */
const heightOf = (width: number): number => (width >= 560 ? 340 : 220);

type Props = {
  readonly view: {
    readonly bars: readonly (DrawnBar & Pick<BarView, 'spoken'>)[];
    readonly leastTop: number;
    readonly summary: string;
  };
  /** a tick of the axis, without its unit */
  readonly axis: (value: number) => string;
  readonly words: { readonly pick: string; readonly pickHint: string };
};

/** Bars over the span. A slider lies over them: a tap, a drag or an arrow key chooses one and tells its exact value. */
export const BarChart = ({ view, axis, words: s }: Props): ReactNode => {
  const [box, width] = useWidth();
  const { bars, leastTop, summary } = view;
  const height = heightOf(width);
  const chart = useMemo(() => barChart(bars, { width, height, leastTop }), [bars, width, height, leastTop]);
  const [chosen, setChosen] = useState<number>();
  const picked = chosen === undefined ? undefined : bars[chosen];
  const columnWidth = chart.columns[0]?.width ?? 0;
  const slider: CSSProperties & Record<'--column', string> = {
    left: chart.plot.left,
    width: chart.plot.right - chart.plot.left,
    '--column': `${columnWidth}px`,
  };
  const pickAt = (clientX: number, element: HTMLElement): void => {
    const index = Math.floor((clientX - element.getBoundingClientRect().left) / columnWidth);
    if (columnWidth > 0 && index >= 0 && index < bars.length) setChosen(index);
  };
  return (
    <>
      <div ref={box} className={styles['box']} style={{ height }}>
        <BarDrawing chart={chart} bars={bars} axis={axis} summary={summary} chosen={chosen} size={{ width, height }} />
        <input
          type="range"
          className={styles['slider']}
          style={slider}
          min={0}
          max={bars.length - 1}
          step={1}
          value={chosen ?? 0}
          aria-label={s.pick}
          aria-valuetext={picked?.spoken ?? s.pickHint}
          onChange={({ target }) => setChosen(Number(target.value))}
          onPointerDown={({ clientX, currentTarget }) => pickAt(clientX, currentTarget)}
          onFocus={() => setChosen((before) => before ?? 0)}
        />
      </div>
      <p className={styles['readout']}>{picked?.spoken ?? s.pickHint}</p>
    </>
  );
};
