import { expect, test } from 'vitest';
import { PROVINCES } from '@hems/models/household/region';
import { PROVINCE_PLACES } from '@hems/models/household/province-places';
import { KMA_PLACES } from './kma-places.ts';

/** The forecast grid of the guide: Lambert conformal conic, standard parallels 30° and 60°, 5 km, 38° N 126° E at cell 43, 136. */
const cellAt = (latitude: number, longitude: number): [number, number] => {
  const radians = Math.PI / 180;
  const slope = (degrees: number): number => Math.tan(Math.PI / 4 + (degrees * radians) / 2);
  const n = Math.log(Math.cos(30 * radians) / Math.cos(60 * radians)) / Math.log(slope(60) / slope(30));
  const scale = ((6371.00877 / 5) * slope(30) ** n * Math.cos(30 * radians)) / n;
  const [origin, radius] = [scale / slope(38) ** n, scale / slope(latitude) ** n];
  const angle = n * (longitude - 126) * radians;
  return [Math.floor(radius * Math.sin(angle) + 43.5), Math.floor(origin - radius * Math.cos(angle) + 136.5)];
};

test('the grid is that of the guide: Seoul’s city hall stands in cell 60, 127', () => {
  expect(cellAt(37.5665, 126.978)).toEqual([60, 127]);
});

test('each station stands in its own cell of the forecast grid, so that forecast and measurement are of one place', () => {
  for (const province of PROVINCES) {
    const { nx, ny } = KMA_PLACES.of[province];
    const { latitude, longitude } = PROVINCE_PLACES[province];
    expect(cellAt(latitude, longitude), province).toEqual([nx, ny]);
  }
});

test('no two provinces share a station', () => {
  expect(new Set(PROVINCES.map((province) => KMA_PLACES.of[province].station)).size).toBe(PROVINCES.length);
});
