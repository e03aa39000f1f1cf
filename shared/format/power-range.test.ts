import { describe, expect, it } from 'vitest';
import { powerRange } from './power-range.ts';

describe('powers of a forecast', () => {
  it.each([
    [1240, 790, 2110, '1.2 (0.8–2.1) kW'],
    [120, 87, 214, '120 (90–210) W'],
    [120, 40, 1400, '0.1 (0.0–1.4) kW'],
    [300, 200, 996, '0.3 (0.2–1.0) kW'],
    [0, 0, 0, '0 (0–0) W'],
  ])('%i W between %i and %i W read %s, in one unit', (value, low, high, text) => {
    const range = powerRange({ value, low, high });
    expect(`${range.text('value')} (${range.text('low')}–${range.text('high')}) ${range.unit}`).toBe(text);
  });
});
