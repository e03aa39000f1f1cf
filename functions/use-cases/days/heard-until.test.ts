import { expect, test } from 'vitest';
import { SLOT_MS } from '@hems/models/calendar/seoul';
import type { DeviceSamples } from '@hems/models/usage/line';
import { withoutOpen } from './heard-until.ts';

const START = 1_000 * SLOT_MS;
const QUARTER = {
  startMs: START,
  importWh: 100,
  exportWh: 0,
  solarWh: 0,
  toBatteryWh: undefined,
  fromBatteryWh: undefined,
  loadWh: 100,
  quality: 'good',
} as const;

const said = (kind: DeviceSamples['kind'], ts: number, over: Partial<DeviceSamples> = {}): DeviceSamples => ({
  deviceId: `${kind}-1`,
  kind,
  retired: false,
  samples: [{ ts, boot: 1, seq: 1, q: 0, quantities: { power_w: 300 } }],
  ...over,
});
const flowsOf = (...devices: DeviceSamples[]) =>
  withoutOpen([QUARTER], devices).map(({ importWh, solarWh, loadWh }) => [importWh, solarWh, loadWh])[0];
const END = START + SLOT_MS;
const METER = said('smart_meter', END);

test('a quarter stands once every device was heard at its end; until then only the flows that wait for nobody', () => {
  expect(flowsOf(METER, said('solar_inverter', END))).toEqual([100, 0, 100]);
  expect(flowsOf(METER, said('solar_inverter', END - 1))).toEqual([100, undefined, undefined]);
  expect(flowsOf(said('smart_meter', END - 1), said('solar_inverter', END))).toEqual([undefined, 0, undefined]);
});

test('nobody waits for an inverter that sleeps, a device that is retired, one that never spoke, or a plug', () => {
  const asleep = [{ ts: START, boot: 1, seq: 1, q: 0, quantities: { power_w: 0 } }];
  expect(flowsOf(METER, said('solar_inverter', START, { samples: asleep }))).toEqual([100, 0, 100]);
  expect(flowsOf(METER, said('battery', START, { retired: true }))).toEqual([100, 0, 100]);
  expect(flowsOf(METER, said('battery', START, { samples: [] }))).toEqual([100, 0, 100]);
  expect(flowsOf(METER, said('smart_plug', START))).toEqual([100, 0, 100]);
});
