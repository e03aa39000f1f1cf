import type { Live } from '../api/live.ts';
import { kwText, powerText } from '../format/power.ts';
import { agoText, momentText } from '../format/time.ts';
import type { Messages } from '../i18n/messages.ts';
import { empty, filled, type Card } from './card.ts';
import { SILENT_MS } from './freshness.ts';

export type FlowView = {
  readonly part: 'grid' | 'solar' | 'battery';
  readonly name: string;
  readonly power: string;
  /** the direction in a word, with the battery's charge */
  readonly doing: string;
  readonly toHome: boolean;
};
export type NowView = {
  /** kilowatts, without the unit; `–` when not known */
  readonly kw: string;
  /** how old the value is; once the device is silent, when it was last seen */
  readonly age: string;
  readonly quality: string;
  readonly silent: boolean;
  readonly flows: readonly FlowView[];
  /** the sentence read out on demand */
  readonly spoken: string;
};

/** A standby trickle is no flow worth a word. */
const IDLE_W = 10;

type Direction = { readonly into: string; readonly outOf: string };

const doing = (powerW: number | null, { into, outOf }: Direction, t: Messages): string => {
  if (powerW === null) return t.flow.unknown;
  if (Math.abs(powerW) < IDLE_W) return t.flow.idle;
  return powerW > 0 ? into : outOf;
};

const flowsOf = ({ grid, solar, battery }: Live, t: Messages): FlowView[] => {
  if (!solar && !battery) return [];
  const power = (powerW: number | null): string => (powerW === null ? '–' : powerText(Math.abs(powerW)));
  const view = (part: FlowView['part'], powerW: number | null, direction: Direction): FlowView => ({
    part,
    name: t.flow[part],
    power: power(powerW),
    doing: doing(powerW, direction, t),
    toHome: (powerW ?? 0) >= 0,
  });
  const batteryView = battery && view('battery', battery.powerW, { into: t.flow.discharging, outOf: t.flow.charging });
  const charge = battery?.socPermille ?? null;
  return [
    ...(solar ? [view('solar', solar.powerW, { into: t.flow.generating, outOf: t.flow.idle })] : []),
    ...(batteryView
      ? [
          charge === null
            ? batteryView
            : { ...batteryView, doing: `${batteryView.doing} · ${t.flow.charge(Math.round(charge / 10))}` },
        ]
      : []),
    view('grid', grid.powerW, { into: t.flow.importing, outOf: t.flow.exporting }),
  ];
};

/** The power of the home now, with its age; a number is never shown without its time. */
export const nowCard = (live: Live, nowMs: number, t: Messages): Card<NowView> => {
  const { powerW, ts, quality } = live.load;
  if (!live.devices.some(({ kind }) => kind === 'smart_meter')) return empty(t.now.empty);
  const parts = { quality: t.quality[quality], flows: flowsOf(live, t) };
  if (powerW === null || ts === null) {
    const unknown = { ...parts, kw: '–', age: t.flow.unknown, silent: true, spoken: t.now.spokenUnknown };
    return filled(unknown, t.now.unknown);
  }
  const kw = kwText(powerW);
  const [moment, ago] = [momentText(ts, nowMs, t), agoText(nowMs - ts, t)];
  if (nowMs - ts >= SILENT_MS) {
    const last = { ...parts, kw, age: t.lastSeen(moment, ago), silent: true, spoken: t.now.spokenSilent(kw, moment) };
    return filled(last, t.now.silent);
  }
  return filled({ ...parts, kw, age: ago, silent: false, spoken: t.now.spoken(kw, ago) }, undefined);
};
