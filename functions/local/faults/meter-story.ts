import { randomFrom, seedOf } from '@hems/models/testing/random';
import type { BatchMessage, ReadingMessage } from '@hems/shared/events/telemetry';

/** A home of the suite: a meter at the grid and an inverter on the roof, behind one gateway. */
export type ReadingHome = {
  readonly householdId: string;
  readonly telemetryId: string;
  readonly gateway: string;
  readonly meter: string;
  readonly solar: string;
  readonly index: number;
  /** when its story begins, epoch ms */
  readonly fromMs: number;
};

/** One reading as the gateway made it: its device, its time, and where the registers of that device stood, Wh. */
export type Told = {
  readonly deviceId: string;
  readonly ts: number;
  readonly importWh?: number;
  readonly exportWh: number;
};
/** A message as a gateway sends it. `points`: what is in it; none of one that must be kept out. */
export type Message = {
  readonly channel: 'reading' | 'batch';
  readonly payload: string;
  readonly points: readonly Told[];
};

const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1440;
const KOREA_MINUTES = 540;
/** Every so many minutes the gateway sends what it held back, as one batch; and now and then something that nobody can use. */
const BATCH_EVERY = 12;
const NONSENSE_EVERY = 50;
const BOOT = 3;

const solarW = (ms: number): number => {
  const minute = (Math.floor(ms / MINUTE_MS) + KOREA_MINUTES) % MINUTES_A_DAY;
  return Math.round(Math.max(0, Math.sin(((minute - 360) / 720) * Math.PI)) * 2800);
};

const toMessage = (
  channel: Message['channel'],
  message: ReadingMessage | BatchMessage,
  points: Message['points'],
): Message => ({
  channel,
  payload: JSON.stringify(message),
  points,
});

/** Not JSON, of the year 1970, of a device that nobody knows: to be kept out, each with its reason. */
const nonsense = ({ meter }: ReadingHome, seq: number): Message => {
  const reading = { v: 1, device_id: meter, kind: 'smart_meter', ts: seq, boot: BOOT, seq, q: 0, power_w: 1 } as const;
  const bad = [`{"v":1,"seq":${seq}`, JSON.stringify(reading), JSON.stringify({ ...reading, device_id: 'nobody' })];
  return { channel: 'reading', payload: bad[seq % bad.length] ?? '', points: [] };
};

/**
 * What the gateway of the home says, minute by minute: registers that count what was used and generated, most of it reading by reading, the
 * twelfth minute's as a batch of both devices. The same home tells the same story on every machine.
 */
export function* storyOf(home: ReadingHome, untilMs: number): Generator<Message, undefined> {
  const random = randomFrom(seedOf('story', home.index));
  let [seq, importMilliwh, exportMilliwh, solarMilliwh] = [0, 0, 0, 0];
  for (let ts = home.fromMs, minute = 0; ts < untilMs; ts += MINUTE_MS, minute += 1) {
    const generatedW = solarW(ts);
    const netW = Math.round(300 + random() * 900) - generatedW;
    importMilliwh += Math.round((Math.max(0, netW) * 1000) / 60);
    exportMilliwh += Math.round((Math.max(0, -netW) * 1000) / 60);
    solarMilliwh += Math.round((generatedW * 1000) / 60);
    const wh = (milliwh: number): number => Math.floor(milliwh / 1000);
    const of = (): { readonly ts: number; readonly seq: number; readonly q: number } => ({ ts, seq: (seq += 1), q: 0 });
    const meter = {
      ...of(),
      device_id: home.meter,
      kind: 'smart_meter',
      power_w: netW,
      energy_import_wh: wh(importMilliwh),
      energy_export_wh: wh(exportMilliwh),
    } as const;
    const solar = {
      ...of(),
      device_id: home.solar,
      kind: 'solar_inverter',
      power_w: generatedW,
      energy_export_wh: wh(solarMilliwh),
    } as const;
    const at = {
      meter: { deviceId: home.meter, ts, importWh: wh(importMilliwh), exportWh: wh(exportMilliwh) },
      solar: { deviceId: home.solar, ts, exportWh: wh(solarMilliwh) },
    };
    if (minute % BATCH_EVERY === 0)
      yield toMessage('batch', { v: 1, boot: BOOT, seq: (seq += 1), sent: ts, points: [meter, solar] }, [
        at.meter,
        at.solar,
      ]);
    else {
      yield toMessage('reading', { v: 1, boot: BOOT, ...meter }, [at.meter]);
      yield toMessage('reading', { v: 1, boot: BOOT, ...solar }, [at.solar]);
    }
    if (minute % NONSENSE_EVERY === 7) yield nonsense(home, (seq += 1));
  }
  return undefined;
}
