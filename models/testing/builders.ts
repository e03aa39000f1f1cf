import type { Point } from '../reading/point.ts';

/** A good point of a smart meter at 2026-01-05 12:00 KST; override what the test is about. */
export const aPoint = (over: Partial<Point> = {}): Point => ({
  deviceId: 'meter-1',
  kind: 'smart_meter',
  ts: 1_767_582_000_000,
  boot: 1,
  seq: 1,
  q: 0,
  quantities: { power_w: 500, energy_import_wh: 1000 },
  ...over,
});
