import { expect, test } from 'vitest';
import { BOARDS } from '@hems/shared/metrics/boards';
import { svgOf } from './draw.ts';
import { STYLE } from './style.ts';

/** Of the narrowest screens: it is in the units of the drawing. */
const LARGEST_TYPE = Math.max(
  ...[...STYLE.matchAll(/svg text [^}]*font-size: (\d+)px/g)].map(([, size]) => Number(size)),
);

test.each([[[0, 7]], [[0, 1200]], [[-3, 3]], [[null, null]]])(
  'the uppermost value of %j is whole on a screen of 390 pixels',
  (values) => {
    const [chart] = BOARDS.energy.charts;
    const span = { fromMs: 0, periodMs: 300_000, points: 2 };
    const series = [{ metric: chart.lines[0].metric, label: 'a line', values }];
    const drawn = svgOf({ chart, span, series, lastMs: undefined }, 'id');
    const bases = [...drawn.matchAll(/class="value" x="[\d.]+" y="([\d.-]+)"/g)].map(([, y]) => Number(y));
    expect(LARGEST_TYPE).toBe(20);
    expect(Math.min(...bases)).toBeGreaterThanOrEqual(LARGEST_TYPE);
  },
);
