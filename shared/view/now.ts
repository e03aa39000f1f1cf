import { HOUR_MS } from '@hems/models/calendar/seoul';
import type { Live } from '../api/live.ts';
import type { Today } from '../api/today.ts';
import { kwText } from '../format/power.ts';
import { agoText, momentText } from '../format/time.ts';
import type { Messages } from '../i18n/messages.ts';
import { empty, filled, type Card } from './card.ts';
import { SILENT_MS } from './freshness.ts';

export type NowView = {
  /** kilowatts, without the unit; `–` when not known */
  readonly kw: string;
  /** how old the value is; once the device is silent, when it was last seen */
  readonly age: string;
  readonly quality: string;
  readonly silent: boolean;
  /** the sentence read out on demand */
  readonly spoken: string;
};

/** The power of the home now, with its age; a number is never shown without its time. */
export const nowCard = (live: Live, nowMs: number, t: Messages): Card<NowView> => {
  const { powerW, ts, quality } = live.load;
  if (!live.devices.some(({ kind }) => kind === 'smart_meter')) return empty(t.now.empty);
  const parts = { quality: t.quality[quality] };
  if (powerW === null || ts === null) {
    const unknown = { ...parts, kw: '–', age: t.now.unknownAge, silent: true, spoken: t.now.spokenUnknown };
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

/** The usual power of the hour that runs; that of an hour that is over says nothing of the power now. */
export const usualNow = (
  today: Pick<Today, 'usualPowerW' | 'usualHourMs'> | undefined,
  nowMs: number,
): number | undefined => {
  if (today === undefined || today.usualPowerW === null) return undefined;
  return Math.floor(nowMs / HOUR_MS) * HOUR_MS === today.usualHourMs ? today.usualPowerW : undefined;
};
