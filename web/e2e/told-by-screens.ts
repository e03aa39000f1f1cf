import type { LocalDate } from '@hems/models/calendar/seoul';
import { amountText } from '@hems/shared/format/money';
import { ko } from '@hems/shared/i18n/ko';
import { ko as bill } from '@hems/shared/i18n/ko/bill';
import { ko as community } from '@hems/shared/i18n/ko/community';
import { ko as energy } from '@hems/shared/i18n/ko/energy';
import { ko as rewards } from '@hems/shared/i18n/ko/rewards';
import type { Locator, Page } from 'playwright-core';
import type { Answers } from './told-by-answers.ts';
import { toldBy, type Told } from './told.ts';

const FILLED = '[data-state=ready], [data-state=partial]';

const card = async (page: Page, name: string | RegExp): Promise<Locator> => {
  const own = page
    .getByRole('region', { name, ...(typeof name === 'string' && { exact: true }) })
    .and(page.locator(FILLED));
  await own.first().waitFor();
  return own.first();
};

/** Amounts whatever their order on the card, from the least to the greatest. */
const ascending = (won: readonly string[]): string =>
  won.toSorted((a, b) => Number(a.replaceAll(/\D/g, '')) - Number(b.replaceAll(/\D/g, ''))).join(' ');

const wonIn = (text: string): string[] => text.match(/−?₩[\d,]+/g) ?? [];
/** Won and energy, each with the word behind it. */
const savedIn = (text: string): string =>
  [/₩[\d,]+\s+\S+( 사용)?/, /[\d,.]+ kWh\s+\S+( 사용)?/]
    .map((amount) => amount.exec(text)?.[0].replaceAll(/\s+/g, ' ') ?? 'nothing')
    .join(' ');
const kwhIn = (text: string): string[] => [...text.matchAll(/([\d,.]+)\s*kWh/g)].map(([, kwh = '']) => kwh);
const rangeIn = (text: string): string => /[\d,]+–[\d,]+ kWh/.exec(text)?.[0] ?? 'nothing';
const daysIn = (text: string): string => /\d+월 \d+일 – \d+월 \d+일/.exec(text)?.[0] ?? 'nothing';
/** What is not there is told as such, so that it contradicts who tells it. */
const at = (values: readonly string[], index: number): string => values.at(index) ?? 'nothing';

/** What is written on the pages of a home, in Korean; each figure as it stands there. */
const dashboard = async (page: Page, { now, days }: Answers): Promise<Told[]> => {
  const saved = await (await card(page, ko.later.savedToday)).innerText();
  const won = wonIn(await (await card(page, ko.later.bill)).innerText());
  const isSaved = now.saving.status === 'saved';
  const yesterday =
    days.days.at(-1)?.saving?.status === 'saved' ? await (await card(page, ko.later.saved)).innerText() : '';
  return toldBy({
    where: 'dashboard',
    tells: {
      'today, kWh': at(kwhIn(saved), -1),
      'today, won': at(wonIn(saved), -1),
      ...(isSaved && { 'saved today': savedIn(saved) }),
      'bill to date, and of the period with its range': ascending(won),
      ...(yesterday !== '' && { 'saved yesterday': savedIn(yesterday) }),
    },
  });
};

const billPage = async (page: Page): Promise<Told[]> => {
  const toDate = await (await card(page, bill.toDate)).innerText();
  const projection = await (await card(page, bill.projected)).innerText();
  const projected = wonIn(projection).slice(0, 3);
  return toldBy({
    where: '요금',
    tells: {
      'bill of the period with its range': ascending(projected),
      'use of the period, kWh': rangeIn(projection),
      'bill to date, and of the period with its range': ascending([at(wonIn(toDate), 0), ...projected]),
      'billed so far, kWh': at(kwhIn(toDate), 0),
    },
  });
};

/** The month of the assistant. */
const forecastPage = async (page: Page): Promise<Told[]> => {
  const month = await (await card(page, bill.projected)).innerText();
  return toldBy({
    where: 'AI 예측',
    tells: {
      'bill of the period with its range': ascending(wonIn(month)),
      'use of the period, kWh': rangeIn(month),
      'days of the period': daysIn(month),
    },
  });
};

/** The bars as their table has them: what each says, by its label. */
const rowsOf = async (total: Locator): Promise<string[]> => {
  await total.getByRole('button', { name: '표로 보기' }).click();
  return total.getByRole('row').allInnerTexts();
};

const TOTAL = /^(사용량|요금) 합계$/;
const numberIn = (text: string): number => Number(text.replaceAll(/[^\d.]/g, ''));

/** What the card of the devices ranks; undefined where it has nothing to rank. */
const ranked = async (page: Page): Promise<string[] | undefined> => {
  const own = page.getByRole('region', { name: energy.devices.title, exact: true });
  await own.and(page.locator('[data-state]:not([data-state=loading])')).waitFor();
  if ((await own.and(page.locator(FILLED)).count()) === 0) return undefined;
  const names = await own.locator('li span > span:has(+ strong)').allInnerTexts();
  const amounts = await own.locator('li strong').allInnerTexts();
  return names.map((name, index) => `${name}: ${amounts[index]}`);
};

/** The sum of the devices and the rest: the total beside them, as far as the digits of the card can tell it. */
const sumOfRows = (rows: readonly string[], total: string): string => {
  const step = 10 ** -(total.split('.')[1]?.length ?? 0);
  const sum = rows.reduce((all, row) => all + numberIn(row.slice(row.lastIndexOf(':'))), 0);
  return Math.abs(sum - numberIn(total)) <= (rows.length * step) / 2 + step / 10 ? total : `${sum}`;
};

/** Nothing where the rest is not known: then the devices are not all. */
const sumOfDevices = async (page: Page, where: string, [what, total]: readonly [string, string]): Promise<Told[]> => {
  const rows = await ranked(page);
  if (!rows?.some((row) => row.startsWith(energy.devices.other))) return [];
  return toldBy({ where: `${where}, 기기별`, tells: { [what]: sumOfRows(rows, total) } });
};

const energyDay = async (page: Page): Promise<Told[]> => {
  const total = at(kwhIn(await (await card(page, TOTAL)).innerText()), 0);
  const rows = await ranked(page);
  return [
    ...toldBy({
      where: '에너지, 일',
      tells: { 'today, kWh to two places': total, ...(rows && { 'today, by device': rows.join(', ') }) },
    }),
    ...(await sumOfDevices(page, '에너지, 일', ['today, kWh to two places', total])),
  ];
};

const energyBilling = async (page: Page): Promise<Told[]> => {
  const used = await (await card(page, TOTAL)).innerText();
  await page.getByRole('button', { name: '원', exact: true }).click();
  const money = await card(page, '요금 합계');
  const total = at(wonIn(await money.innerText()), 0);
  const shared = await sumOfDevices(page, '에너지, 검침', ['cost since the last reading', total]);
  await page.getByRole('button', { name: 'kWh', exact: true }).click();
  const tells = { 'since the last reading, kWh': at(kwhIn(used), 0), 'cost since the last reading': total };
  return [...toldBy({ where: '에너지, 검침', tells }), ...shared];
};

const energyYear = async (page: Page, today: LocalDate): Promise<Told[]> => {
  const total = await card(page, TOTAL);
  const rows = await rowsOf(total);
  const month = rows.find((row) => new RegExp(`(^|\\s)${Number(today.slice(5, 7))}월`).test(row)) ?? '';
  return toldBy({ where: '에너지, 년', tells: { 'this month, kWh': at(kwhIn(month), 0) } });
};

const energyMonth = async (page: Page, today: LocalDate): Promise<Told[]> => {
  const total = await card(page, TOTAL);
  const sum = at(kwhIn(await total.innerText()), 0);
  const byDevice = await sumOfDevices(page, '에너지, 월', ['this month, kWh', sum]);
  const rows = await rowsOf(total);
  const day = rows.find((row) => row.startsWith(`${Number(today.slice(5, 7))}월 ${Number(today.slice(8))}일`)) ?? '';
  const tells = { 'this month, kWh': sum, 'today, kWh': at(kwhIn(day), 0) };
  return [...toldBy({ where: '에너지, 월', tells }), ...byDevice];
};

const communityPage = async (page: Page): Promise<Told[]> => {
  const standing = await (await card(page, community.standing)).innerText();
  const board = await card(page, community.board);
  const own = await board.getByRole('row').filter({ hasText: '우리 집' }).innerText();
  const challenge = page
    .locator('main')
    .getByText(/지금까지 −?[\d.]+%/)
    .first();
  const percentIn = (text: string): string => /−?[\d.]+%/.exec(text)?.[0] ?? 'nothing';
  return [
    ...toldBy({ where: '순위', tells: { rank: /곳 중 (\d+)위/.exec(await board.innerText())?.[1] ?? 'nothing' } }),
    ...toldBy({
      where: '순위의 줄',
      tells: { rank: /(\d+)위/.exec(own)?.[1] ?? 'nothing', 'saved share': percentIn(own) },
    }),
    ...toldBy({ where: '절감률', tells: { 'saved share': percentIn(standing) } }),
    ...toldBy({ where: '챌린지', tells: { 'saved share': percentIn(await challenge.innerText()) } }),
  ];
};

const rewardsPage = async (page: Page): Promise<Told[]> => {
  const balances = await card(page, rewards.title);
  const amounts = async (unit: 'won' | 'points'): Promise<string> =>
    balances.getByRole('region', { name: rewards.balance[unit] }).locator('p').first().innerText();
  const entries = await (await card(page, rewards.entries)).locator('li').allInnerTexts();
  const signed = entries.flatMap((text) => text.match(/[−+]?(₩[\d,]+|[\d,]+ P)/g) ?? []);
  const sum = (isOfUnit: (text: string) => boolean): number =>
    signed
      .filter(isOfUnit)
      .reduce((all, text) => all + Number(text.replaceAll(/[^\d]/g, '')) * (text.startsWith('−') ? -1 : 1), 0);
  return [
    ...toldBy({
      where: '잔액',
      tells: { 'withdrawable, won': await amounts('won'), 'withdrawable, points': await amounts('points') },
    }),
    ...toldBy({
      where: '적립 내역',
      tells: {
        'withdrawable, won': amountText(
          sum((text) => text.includes('₩')),
          'won',
        ),
        'withdrawable, points': amountText(
          sum((text) => text.includes('P')),
          'points',
        ),
      },
    }),
  ];
};

/** Walks the pages of a home as a resident does, and says what stands on them. */
export const walkPages = async (page: Page, home: string, answers: Answers): Promise<Told[]> => {
  const on = async (path: string, read: (page: Page) => Promise<Told[]>): Promise<Told[]> => {
    await page.goto(`${home}${path}`);
    return read(page);
  };
  const { today } = answers;
  return [
    ...(await on('', (one) => dashboard(one, answers))),
    ...(await on('/bill', billPage)),
    ...(await on('/assistant/forecast', forecastPage)),
    // in the small hours the page opens with the day before
    ...(await on(`/energy?scope=day&date=${today}`, energyDay)),
    ...(await on('/energy?scope=month', (one) => energyMonth(one, today))),
    ...(await on('/energy?scope=billing', energyBilling)),
    ...(await on('/energy?scope=year', (one) => energyYear(one, today))),
    ...(answers.community.board === null ? [] : await on('/community', communityPage)),
    ...(await on('/rewards', rewardsPage)),
  ];
};
