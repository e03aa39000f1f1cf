import { spanText } from '@hems/shared/format/date';
import { kwhFineText, kwhText } from '@hems/shared/format/energy';
import { amountText, wonText } from '@hems/shared/format/money';
import { groupedText } from '@hems/shared/format/number';
import { ko } from '@hems/shared/i18n/ko';
import { ko as energyTexts } from '@hems/shared/i18n/ko/energy';
import { ko as today } from '@hems/shared/i18n/ko/today';
import { savedText as savedShareText } from '@hems/shared/view/community';
import type { Answers } from './told-by-answers.ts';

const NOTHING = 'nothing';
const kwh = (wh: number | null | undefined, text = kwhText): string =>
  wh === null || wh === undefined ? NOTHING : text(wh);
const won = (value: number | null | undefined): string =>
  value === null || value === undefined ? NOTHING : wonText(value);
const sum = (values: readonly (number | null | undefined)[]): number =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0);

/** As the cards of today and yesterday call it; less than 50 Wh are no difference. */
const wordOf = (savedWh: number): string =>
  today.saved[Math.abs(savedWh) < 50 ? 'same' : savedWh > 0 ? 'less' : 'more'];

type Saved = { readonly worthWon?: number | null | undefined; readonly savedWh: number };
/** Won and energy have one word. */
const savedText = ({ worthWon, savedWh }: Saved): string => {
  const word = wordOf(savedWh);
  return `${won(worthWon && Math.abs(worthWon))} ${word} ${kwhText(Math.abs(savedWh))} kWh ${word}`;
};

type Written = Readonly<Record<string, string | number>>;

const savedToday = ({ now: { saving } }: Answers): Written => {
  if (saving.status !== 'saved') return {};
  return { 'saved today': savedText(saving) };
};

const savedYesterday = ({ days: { days } }: Answers): Written => {
  const saving = days.at(-1)?.saving;
  if (saving?.status !== 'saved') return {};
  return { 'saved yesterday': savedText(saving) };
};

/** The use that is billed: of a home with tiers, after what is set off. */
const rangeText = ({ low, high }: { readonly low: number; readonly high: number }, perKwh: number): string =>
  `${groupedText(low / perKwh, 0)}–${groupedText(high / perKwh, 0)} kWh`;

const bills = ({ bill: { toDate, projected, use, period, tierBar } }: Answers): Written => {
  const { billWon, useWh } = projected?.status === 'projected' ? projected : {};
  const ofPeriod = [billWon?.low, billWon?.middle, billWon?.high].map(won);
  const toDateWon = toDate.status === 'priced' ? toDate.won.bill : undefined;
  return {
    'bill to date, and of the period with its range': [won(toDateWon), ...ofPeriod].join(' '),
    'bill of the period with its range': ofPeriod.join(' '),
    'use of the period, kWh': tierBar?.projectedKwh
      ? rangeText(tierBar.projectedKwh, 1)
      : useWh
        ? rangeText(useWh, 1000)
        : NOTHING,
    'days of the period': spanText(period, ko),
    'billed so far, kWh': kwhText(use.importWh),
    'cost since the last reading': won(toDateWon),
  };
};

const energy = ({ now, bill: { period }, byDay, byMonth }: Answers): Written => ({
  'today, kWh': kwh(now.loadWh),
  'today, kWh to two places': kwh(now.loadWh, kwhFineText),
  'today, won': won(now.costWon),
  'since the last reading, kWh': kwhText(
    sum(byDay.filter(({ label }) => label >= period.from).map(({ loadWh }) => loadWh)),
  ),
  'this month, kWh': kwh(byMonth.at(-1)?.loadWh),
});

/** As the card ranks them, with the rest where it is known. */
const byDevice = ({ devices: { devices, otherWh } }: Answers): Written => {
  const amount = (wh: number | null): string => (wh === null ? '–' : `${kwhFineText(wh)} kWh`);
  const rows = devices.map(({ name, usedWh }) => `${name}: ${amount(usedWh)}`);
  const other = otherWh === null ? [] : [`${energyTexts.devices.other}: ${amount(otherWh)}`];
  return devices.length === 0 ? {} : { 'today, by device': [...rows, ...other].join(', ') };
};

const rank = ({ community: { board } }: Answers): Written =>
  board === null ? {} : { rank: board.own.rank, 'saved share': savedShareText(board.own.savedBasisPoints) };

const balances = ({ rewards: { balances: of } }: Answers): Written => ({
  'withdrawable, won': amountText(of.won.withdrawable, 'won'),
  'withdrawable, points': amountText(of.points.withdrawable, 'points'),
});

/** The figures that pages show, from the answers, written as the pages write them. */
export const writtenAnswers = (answers: Answers): Written => ({
  ...savedToday(answers),
  ...savedYesterday(answers),
  ...bills(answers),
  ...energy(answers),
  ...byDevice(answers),
  ...rank(answers),
  ...balances(answers),
});
