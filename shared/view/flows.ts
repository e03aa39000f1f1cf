import { localDate } from '@hems/models/calendar/seoul';
import type { Live } from '../api/live.ts';
import type { FlowPart } from '../chart/flow-chart.ts';
import { IDLE_W } from '../chart/flow-chart.ts';
import { powerText } from '../format/power.ts';
import { clockText } from '../format/time.ts';
import type { HomeTexts } from '../i18n/ko/home.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, filled, type Card, type Loaded } from './card.ts';
import { SILENT_MS } from './freshness.ts';
import type { LiveState } from './live-tail.ts';

export type FlowPartView = {
  readonly part: FlowPart;
  /** above 0: towards the home; null: not known now, so it is not drawn as flowing */
  readonly toHomeW: number | null;
  readonly name: string;
  readonly power: string;
  /** the direction in a word; of a device that has gone silent, the time of its value */
  readonly doing: string;
  /** the charge of a battery */
  readonly charge: string | undefined;
  /** all of it, for whoever hears the page */
  readonly sentence: string;
};
export type FlowsView = {
  readonly home: { readonly name: string; readonly power: string; readonly sentence: string };
  readonly parts: readonly FlowPartView[];
  /** the picture in one sentence */
  readonly summary: string;
  /** that the car is part of what the home uses */
  readonly carNote: string | undefined;
};

type Heard = { readonly powerW: number | null; readonly ts: number | null };
type Part = Heard & { readonly part: FlowPart; readonly socPermille?: number | null };

/** The charger's power goes from the home to the car; of two chargers of which one is unknown, so is the sum. */
const carOf = ({ devices }: Live): Part | undefined => {
  const chargers = devices.filter(({ kind }) => kind === 'ev_charger');
  if (chargers.length === 0) return undefined;
  const sum = chargers.reduce<Heard>(
    (a, b) =>
      a.powerW === null || b.powerW === null || a.ts === null || b.ts === null
        ? { powerW: null, ts: null }
        : { powerW: a.powerW - b.powerW, ts: Math.min(a.ts, b.ts) },
    { powerW: 0, ts: Number.POSITIVE_INFINITY },
  );
  return { part: 'car', ...sum };
};

const partsOf = (live: Live): Part[] => {
  const { solar, battery, grid } = live;
  const car = carOf(live);
  return [
    ...(solar ? [{ part: 'solar', ...solar } as const] : []),
    { part: 'grid', ...grid },
    ...(battery ? [{ part: 'battery', ...battery } as const] : []),
    ...(car ? [car] : []),
  ];
};

type Told = { readonly nowMs: number; readonly words: Words<HomeTexts> };

/** An inverter that told 0 W sleeps: its silence is no loss. */
const isSilent = ({ part, powerW, ts }: Part, nowMs: number): boolean =>
  ts !== null && nowMs - ts >= SILENT_MS && !(part === 'solar' && powerW === 0);

/** A value of another day says nothing of the flows now. */
const isLost = (one: Part, nowMs: number): boolean =>
  one.powerW === null || one.ts === null || (isSilent(one, nowMs) && localDate(one.ts) !== localDate(nowMs));

const doingOf = (one: Part, { nowMs, words: { t, s } }: Told): string => {
  const { part, powerW, ts } = one;
  if (powerW === null || ts === null || isLost(one, nowMs)) return s.flow.unknown;
  if (isSilent(one, nowMs)) return s.flow.last(clockText(ts, t));
  if (Math.abs(powerW) < IDLE_W) return s.flow.idle;
  return powerW > 0 ? s.flow.into[part] : s.flow.outOf[part];
};

const partView = (one: Part, told: Told): FlowPartView => {
  const { s } = told.words;
  const { part, powerW, socPermille = null } = one;
  const name = s.flow.name[part];
  const power = powerW === null || isLost(one, told.nowMs) ? '–' : powerText(Math.abs(powerW));
  const doing = doingOf(one, told);
  const charge = socPermille === null ? undefined : `${Math.round(socPermille / 10)}%`;
  return {
    part,
    toHomeW: isSilent(one, told.nowMs) ? null : powerW,
    name,
    power,
    doing,
    charge,
    sentence: s.flow.sentence({ name, power, doing: charge === undefined ? doing : s.flow.charged(doing, charge) }),
  };
};

/** Where the power comes from and where it goes, each with its direction in a word; nothing old without its time. */
export const flowsCard = (loaded: Loaded<LiveState>, nowMs: number, words: Words<HomeTexts>): Card<FlowsView> =>
  cardOf(loaded, words.t, ({ live }) => {
    const { s } = words;
    const parts = partsOf(live);
    const views = parts.map((one) => partView(one, { nowMs, words }));
    const { powerW, ts } = live.load;
    // An old sum stands on the first card with its time; among flows that have changed since it would be wrong.
    const isKnown = powerW !== null && ts !== null && nowMs - ts < SILENT_MS;
    const power = isKnown ? powerText(powerW) : '–';
    const home = {
      name: s.flow.home,
      power,
      sentence: s.flow.sentence({ name: s.flow.home, power, doing: isKnown ? s.flow.using : s.flow.unknown }),
    };
    const content = {
      home,
      parts: views,
      summary: s.flow.picture([home, ...views].map(({ sentence }) => sentence).join(', ')),
      carNote: views.some(({ part }) => part === 'car') ? s.flow.carNote : undefined,
    };
    const isOld = parts.some((one) => one.powerW === null || isSilent(one, nowMs));
    return filled(content, isOld ? s.flow.partial : undefined);
  });
