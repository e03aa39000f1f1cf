import { HOUR_MS, localTime } from '../calendar/seoul.ts';

/** Hours of the Korean clock, `from` inclusive, `to` exclusive; from 21 to 8 is overnight. */
export type Hours = { readonly fromHour: number; readonly toHour: number };

/**
 * Advertising is not sent between 21 and 8 (정보통신망법 제50조 제3항, 전자적 전송매체를 이용한 광고성 정보의 야간 전송 제한). The consent that the law has
 * for nights is not asked for.
 */
export const ADVERTISING_NIGHT: Hours = { fromHour: 21, toHour: 8 };

const hourOf = (ms: number): number => Number(localTime(ms).slice(0, 2));
const isWithin = ({ fromHour, toHour }: Hours, hour: number): boolean =>
  fromHour <= toHour ? fromHour <= hour && hour < toHour : hour >= fromHour || hour < toHour;

const firstAt = (ms: number, isSought: (hour: number) => boolean): number | undefined => {
  for (let step = 0; step <= 24; step += 1) {
    // whole hours of Korea are whole hours of UTC
    const at = step === 0 ? ms : (Math.floor(ms / HOUR_MS) + step) * HOUR_MS;
    if (isSought(hourOf(at))) return at;
  }
  return undefined;
};

/** The first instant from `ms` on that lies in none of the hours; undefined when they fill the day. */
export const firstOutside = (all: readonly Hours[], ms: number): number | undefined =>
  firstAt(ms, (hour) => !all.some((hours) => isWithin(hours, hour)));

/** The first instant from `ms` on that lies in some of the hours; undefined when there are none. */
export const firstInside = (all: readonly Hours[], ms: number): number | undefined =>
  firstAt(ms, (hour) => all.some((hours) => isWithin(hours, hour)));
