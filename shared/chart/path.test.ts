import { describe, expect, it } from 'vitest';
import { areaPath, linePath } from './path.ts';

const stretch = [
  { x: 0, y: 10 },
  { x: 5.04, y: 2.26 },
];

describe('drawing stretches of a line', () => {
  it('starts anew after a gap', () => {
    expect(
      linePath([
        stretch,
        [
          { x: 9, y: 1 },
          { x: 10, y: 2 },
        ],
      ]),
    ).toBe('M0,10L5,2.3M9,1L10,2');
  });

  it('draws a single value between two gaps as a dot and gives it no area', () => {
    expect(linePath([[{ x: 3, y: 4 }]])).toBe('M3,4h0');
    expect(areaPath([[{ x: 3, y: 4 }]], 20)).toBe('');
  });

  it('closes an area down to zero under each stretch only', () => {
    expect(areaPath([stretch], 20)).toBe('M0,20L0,10L5,2.3L5,20Z');
  });

  it('draws nothing from nothing', () => {
    expect(linePath([])).toBe('');
    expect(areaPath([[]], 20)).toBe('');
  });
});
