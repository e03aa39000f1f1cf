import { localDate } from '@hems/models/calendar/seoul';
import type { DeviceKind } from '@hems/models/device/kinds';
import { isCounted } from '@hems/models/usage/household';
import type { Device } from '../api/devices.ts';
import type { DeviceUsage, DeviceUse } from '../api/usage.ts';
import { dayText, spanText } from '../format/date.ts';
import { kwhFineText } from '../format/energy.ts';
import { percentText } from '../format/percent.ts';
import type { EnergyTexts } from '../i18n/ko/energy.ts';
import type { HomeTexts } from '../i18n/ko/home.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, ready, type Card, type Loaded } from './card.ts';
import { amountOf, type Unit } from './energy-bar.ts';
import { pricedRun, type EnergyAnswer, type PricedRun } from './energy-series.ts';
import type { Span } from './energy-span.ts';
import { seenOf } from './freshness.ts';
import type { Scope } from './scope.ts';

/** One bar of the ranking. */
export type UseRow = {
  readonly key: string;
  readonly name: string;
  /** undefined: the use that belongs to no known device */
  readonly deviceId: string | undefined;
  /** `–` where nothing is known */
  readonly amount: string;
  readonly share: string | undefined;
  /** of the widest bar */
  readonly widthPercent: number;
  /** what is to be known of the figure: since when, how well */
  readonly about: string | undefined;
};
export type DeviceUsageView = { readonly rows: readonly UseRow[]; readonly notes: readonly string[] };
export type EnergyWords = Words<EnergyTexts>;

type Asked = {
  readonly loaded: Loaded<DeviceUsage>;
  readonly span: Span;
  readonly scope: Scope;
  readonly unit: Unit;
  /** of the span, where won are asked for */
  readonly costs: Loaded<EnergyAnswer>;
};

type Shown = {
  readonly answer: DeviceUsage;
  readonly write: (usedWh: number) => string;
  readonly notes: readonly string[];
};

const isNew = ({ fromMs }: DeviceUse, { from }: Span): boolean => fromMs !== null && localDate(fromMs) > from;

const aboutOf = (use: DeviceUse, span: Span, { t, s }: EnergyWords): string | undefined => {
  const { fromMs, quality, missingSlots, status } = use;
  const parts = [
    ...(fromMs !== null && isNew(use, span) ? [s.devices.since(dayText(localDate(fromMs), t))] : []),
    ...(missingSlots > 1 ? [t.quality.missing] : quality === 'good' ? [] : [t.quality[quality]]),
    ...(status === 'retired' ? [s.devices.retired] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
};

const rowsOf = ({ answer, write }: Shown, words: EnergyWords): UseRow[] => {
  const { t, s } = words;
  const { devices, otherWh, loadWh } = answer;
  // A bar is as wide as the share that it tells, or beside the widest where no share can be told.
  const most = Math.max(
    1,
    ...(otherWh === null || loadWh === null ? devices.map(({ usedWh }) => usedWh ?? 0) : [loadWh]),
  );
  // Where the load has gaps or holds less than the devices, a share of it says nothing.
  const shareOf = (usedWh: number): string | undefined => {
    if (loadWh === null || loadWh <= 0 || otherWh === null) return undefined;
    const basisPoints = (usedWh * 10_000) / loadWh;
    return usedWh > 0 && basisPoints < 50 ? s.devices.shareLess : s.devices.share(percentText(basisPoints));
  };
  const bar = (usedWh: number) => ({
    amount: write(usedWh),
    share: shareOf(usedWh),
    widthPercent: (usedWh / most) * 100,
  });
  const otherAbout = devices.some((use) => isNew(use, answer)) ? s.devices.otherBefore : s.devices.otherAbout;
  const unknown = { amount: '–', share: undefined, widthPercent: 0 };
  return [
    ...devices.map((use): UseRow => ({
      key: use.deviceId,
      deviceId: use.deviceId,
      name: use.name,
      ...(use.usedWh === null ? unknown : bar(use.usedWh)),
      // of one that was not there all the time, a share of the whole would make it small
      ...(isNew(use, answer) && { share: undefined }),
      about: use.usedWh === null ? s.none : aboutOf(use, answer, words),
    })),
    ...(otherWh === null
      ? []
      : [
          {
            key: 'other',
            deviceId: undefined,
            name: s.devices.other,
            ...bar(otherWh),
            about: answer.quality === 'good' ? otherAbout : `${otherAbout} · ${t.quality[answer.quality]}`,
          },
        ]),
  ];
};

/** Why the rest cannot be told. */
const noteOf = ({ otherWh, loadWh, missingSlots }: DeviceUsage, { s }: EnergyWords): string | undefined => {
  if (otherWh !== null) return undefined;
  if (loadWh === null) return s.devices.noLoad;
  return missingSlots > 0 ? s.devices.loadGaps : s.devices.moreThanLoad;
};

type Show = (answer: DeviceUsage) => Omit<Shown, 'answer'> | undefined;

const rankedCard = ({ loaded, span }: Asked, show: Show, words: EnergyWords): Card<DeviceUsageView> =>
  cardOf(loaded, words.t, (answer) => {
    const { s } = words;
    if (span.to < answer.heldFrom) return empty(s.devices.notHeld);
    if (answer.devices.length === 0) return empty(s.devices.empty);
    const shown = show(answer);
    const note = noteOf(answer, words);
    if (!shown) return empty({ ...s.devices.notPriced, ...(note !== undefined && { text: note }) });
    return filled({ rows: rowsOf({ answer, ...shown }, words), notes: shown.notes }, note);
  });

/** The days of which the use by device is asked for: in won those whose cost is shared out, so that both are of the same days. */
export const deviceSpan = (unit: Unit, span: Span, costs: EnergyAnswer | undefined): Span | undefined => {
  if (unit === 'kwh') return span;
  const run = costs && pricedRun(costs);
  return run && { from: run.from, to: run.to };
};

/** A price of a single device does not exist: what the days cost, shared out by the use of the same days. */
const sharedOut = (run: PricedRun, { span, scope, costs }: Asked, { t, s }: EnergyWords): Show => {
  const isAll = run.from === span.from && (run.to === span.to || run.to === costs.data?.today?.date);
  const notes = [
    isAll
      ? s.devices.costShared
      : s.devices.costSharedOf(run.from === run.to ? dayText(run.from, t) : spanText(run, t)),
  ];
  return ({ from, to, loadWh, otherWh }) => {
    const isSame = from === run.from && to === run.to;
    if (!isSame || loadWh === null || loadWh <= 0 || otherWh === null) return undefined;
    return { write: (usedWh) => amountOf(Math.round((usedWh * run.won) / loadWh), { unit: 'won', scope }), notes };
  };
};

/** What each device used in a span, greatest first, and the rest, which is given to none of them. */
export const deviceUsageCard = (asked: Asked, words: EnergyWords): Card<DeviceUsageView> => {
  const { unit, scope, costs } = asked;
  if (unit === 'kwh')
    return rankedCard(asked, () => ({ write: (usedWh) => amountOf(usedWh, { unit, scope }), notes: [] }), words);
  return cardOf(costs, words.t, (answer) => {
    const run = pricedRun(answer);
    return run ? rankedCard(asked, sharedOut(run, asked, words), words) : empty(words.s.devices.notPriced);
  });
};

export type DeviceLink = {
  readonly deviceId: string;
  readonly name: string;
  readonly about: string;
  readonly silent: boolean;
};
type Devices = { readonly devices: readonly Device[] };

type LinkWords = EnergyWords & { readonly home: HomeTexts };

const heardOf = ({ name, kind, lastSeenMs }: Device, nowMs: number, { t, home }: LinkWords) => {
  const { silent, text } = seenOf(lastSeenMs, nowMs, t);
  return { silent, about: name.includes(home.kind[kind]) ? text : `${home.kind[kind]} · ${text}` };
};

/** What a device is, unless its name says so, and when it was last heard. */
export const deviceAbout = (device: Device, nowMs: number, { t, s, home }: LinkWords): string => {
  const { silent, text } = seenOf(device.lastSeenMs, nowMs, t);
  const kind = home.kind[device.kind];
  return `${device.name.includes(kind) ? '' : `${kind} · `}${silent ? text : s.device.heard(text)}`;
};

/** What all of the home goes through first, then its air, then what makes, stores and uses power. */
const ORDER: readonly DeviceKind[] = [
  'smart_meter',
  'environment_sensor',
  'thermostat',
  'solar_inverter',
  'battery',
  'ev_charger',
  'smart_plug',
];
const inOrder = (a: Device, b: Device): number =>
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name, 'ko');

/** Every device that measures something to look at, with when it was last heard. */
export const deviceLinksCard = (
  loaded: Loaded<Devices>,
  nowMs: number,
  words: LinkWords,
): Card<readonly DeviceLink[]> =>
  cardOf(loaded, words.t, ({ devices }) => {
    const links = devices
      .toSorted(inOrder)
      .filter(({ status, quantities }) => status === 'active' && quantities.length > 0)
      .map((device): DeviceLink => {
        const { deviceId, name } = device;
        return { deviceId, name, ...heardOf(device, nowMs, words) };
      });
    return links.length === 0 ? empty(words.home.devices.empty) : ready(links);
  });

/** A device behind the meter with a register of its own. */
export const countsItsUse = ({ kind, quantities }: Pick<Device, 'kind' | 'quantities'>): boolean =>
  !isCounted(kind) && quantities.includes('energy_import_wh');

/** What one device used in the days; undefined: not known. */
export const usedBy = (deviceId: string, usage: DeviceUsage | undefined): string | undefined => {
  const usedWh = usage?.devices.find((use) => use.deviceId === deviceId)?.usedWh ?? null;
  return usedWh === null ? undefined : `${kwhFineText(usedWh)} kWh`;
};
