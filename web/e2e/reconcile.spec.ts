import { join } from 'node:path';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { listDevices } from '@hems/shared/api/devices';
import { readSession } from '@hems/shared/api/session';
import { createClient, type Call } from '@hems/shared/client/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../functions/adapters/embedded/database.ts';
import { sqliteTable } from '../../functions/adapters/embedded/table.ts';
import { signIn as tokensOf } from '../../functions/local/commands/sign-in.ts';
import { aSettling } from '../../functions/testing/ledger.ts';
import { settle } from '../../functions/use-cases/stores/ledger.ts';
import { launchBrowser, openPage, signIn } from './browser.ts';
import { startHost, type Host } from './host.ts';
import { readAnswers, toldByAnswers, type Answers } from './told-by-answers.ts';
import { walkPages } from './told-by-screens.ts';
import { alone, contradictions, toldBy, type Told } from './told.ts';
import { writtenAnswers } from './written-answers.ts';

let host: Host;
let browser: Browser;
let page: Page;
let call: Call;
let homes: readonly string[];

const FROZEN = { programme: 'community-challenge', version: 'test', inputs: {} };

/** What settlements left in the ledger of a home: won and points, a correction, and what somebody else owes. */
const settleSome = async (householdId: string): Promise<void> => {
  const clock = { now: () => host.nowMs() };
  const database = openDatabase(join(host.dataDirectory, 'hems.sqlite'));
  const deps = { table: sqliteTable({ database, clock }), clock, pause: () => Promise.resolve() };
  const entry = async (over: Parameters<typeof aSettling>[0]): Promise<void> => {
    await settle(deps, aSettling({ householdId, ...over }), FROZEN);
  };
  await entry({ period: 'first', total: 3210 });
  await entry({ period: 'second', total: 12_345 });
  await entry({ period: 'second', total: 11_111 });
  await entry({ period: 'third', total: 1500, unit: 'points' });
  await database.close();
};

/** Nothing more is heard of a home, so that its figures stand still while its pages are read. */
const silence = async (householdId: string): Promise<void> => {
  const { devices } = await call(listDevices, { params: { householdId } });
  for (const id of new Set(devices.flatMap(({ deviceId, gateway }) => [deviceId, gateway]))) host.silence(id);
};

const read = (householdId: string): Promise<Answers> => readAnswers(call, householdId, localDate(host.nowMs()));
const both = (answers: Answers): string => JSON.stringify([toldByAnswers(answers), writtenAnswers(answers)]);
const SETTLE_MS = 60_000;

/** What is on its way has come: two answers in a row are the same. */
const atRest = (householdId: string): Promise<Answers> =>
  vi.waitFor(
    async () => {
      const answers = await read(householdId);
      expect(both(await read(householdId))).toBe(both(answers));
      return answers;
    },
    { timeout: SETTLE_MS, interval: 1000 },
  );

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  const [user] = host.users;
  if (!user) throw new Error('the host has no user');
  const { access_token: token } = await tokensOf({ origin: host.origin, ...user });
  call = createClient({ apiBase: host.origin, accessToken: async () => token });
  homes = (await call(readSession, {})).households.map(({ householdId }) => householdId);
  await host.caughtUp;
  // the run of yesterday, and the board of the home that takes part from the start
  await vi.waitFor(
    async () => {
      const answers = await Promise.all(homes.map(read));
      if (!answers.every(({ days, today }) => days.days.at(-1)?.date === addDays(today, -1)))
        throw new Error('yesterday has no item yet');
      if (!answers.some(({ community: { board } }) => board !== null)) throw new Error('no home is ranked yet');
    },
    { timeout: SETTLE_MS, interval: 500 },
  );
  for (const householdId of homes) {
    await settleSome(householdId);
    await silence(householdId);
  }
  ({ page } = await openPage(browser));
  await page.goto(host.origin);
  await signIn(page, host);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

/** The pages and the answers behind them, of a moment between which no quarter hour ended. */
const walked = async (householdId: string, turns = 2): Promise<Told[]> => {
  const answers = await atRest(householdId);
  const told = await walkPages(page, `${host.origin}/households/${householdId}`, answers);
  if (turns > 1 && both(await read(householdId)) !== both(answers)) return walked(householdId, turns - 1);
  return [...told, ...toldBy({ where: 'the service', tells: writtenAnswers(answers) })];
};

describe('the figures of two demo homes', { timeout: 200_000 }, () => {
  it('are the same to the Wh and the won by whatever route the service tells them', async () => {
    expect(homes).toHaveLength(2);
    for (const householdId of homes) {
      const told = toldByAnswers(await atRest(householdId));
      expect(contradictions(told)).toEqual([]);
      expect(alone(told)).toEqual([]);
      expect(new Set(told.map(({ what }) => what)).size).toBeGreaterThan(25);
    }
  });

  it('are the same on every page that shows them, as the service tells them', async () => {
    for (const householdId of homes) {
      const told = await walked(householdId);
      expect(contradictions(told)).toEqual([]);
      expect(alone(told)).toEqual([]);
    }
  });

  /** The first figure of this name, so much greater: one of the last digit that its page shows. */
  const more = (field: string, by: number) => (answer: string) =>
    answer.replace(new RegExp(`"${field}":(-?\\d+)`), (_, value: string) => `"${field}":${Number(value) + by}`);
  type Tampered = readonly [path: RegExp, change: (answer: string) => string, what: string];
  const TAMPERED: readonly Tampered[] = [
    [/\/today$/, more('loadWh', 100), 'today, kWh'],
    [/\/today$/, more('costWon', 1), 'today, won'],
    [/\/today$/, more('worthWon', 1), 'saved today'],
    [/\/bill$/, more('bill', 1), 'bill to date, and of the period with its range'],
    [/\/bill$/, more('importWh', 100), 'billed so far, kWh'],
    [/\/bill$/, more('middle', 1), 'bill of the period with its range'],
    [/\/usage\/devices/, more('otherWh', 10), 'today, by device'],
    [/\/usage\/devices/, more('otherWh', 1000), 'today, kWh to two places'],
    [/\/usage\?grain=day&from=\d{4}-\d\d-01/, more('loadWh', 100), 'this month, kWh'],
    [/\/days\?from=\d{4}-\d\d-01/, more('won', 1), 'cost since the last reading'],
    [/\/community$/, more('rank', 1), 'rank'],
    [/\/rewards$/, more('withdrawable', 1), 'withdrawable, won'],
  ];
  it('are told apart where a page shows one of them off by one', async () => {
    const ranked = await Promise.all(homes.map(async (home) => ({ home, answers: await atRest(home) })));
    const { home = '' } = ranked.find(({ answers }) => answers.community.board !== null) ?? {};
    await page.route('**/v1/households/**', async (route) => {
      const changes = TAMPERED.filter(([path]) => path.test(route.request().url()));
      if (changes.length === 0) return route.continue();
      const response = await route.fetch();
      const body = changes.reduce((answer, [, change]) => change(answer), await response.text());
      return route.fulfill({ response, body });
    });
    const found = contradictions(await walked(home)).map((one) => one.slice(0, one.indexOf(':')));
    await page.unrouteAll({ behavior: 'wait' });
    expect(found).toEqual(expect.arrayContaining(TAMPERED.map(([, , what]) => what)));
  });

  type Off = readonly [what: string, change: (answers: Answers) => void];
  const OFF_BY_ONE: readonly Off[] = [
    ['today, Wh of the home', ({ live }) => void (live.today.loadWh = (live.today.loadWh ?? 0) + 1)],
    ['today, Wh of the grid', ({ now }) => void (now.importWh = (now.importWh ?? 0) + 1)],
    ['today, Wh of the home', ({ devices }) => void (devices.otherWh = (devices.otherWh ?? 0) + 1)],
    [
      'until the last quarter, Wh of the grid',
      ({ now: { saving } }) => void (saving.status === 'saved' && (saving.savedWh += 1)),
    ],
    ['yesterday, Wh of the grid', ({ days: { days } }) => void (days.at(-1)!.importWh! += 1)],
    ['bill to date, won', ({ now }) => void (now.costWon = (now.costWon ?? 0) + 1)],
    ['bill to date, won', ({ days: { days } }) => void (days[0]!.cost!.won += 1)],
    ['billed so far, Wh', ({ bill: { use } }) => void (use.importWh += 1)],
    ['saved in the period', ({ days: { saved } }) => void (saved!.savedWon! += 1)],
    ['rank', ({ community: { board } }) => void (board!.own.rank += 1)],
    ['saved, basis points', ({ community: { board } }) => void (board!.own.savedBasisPoints += 1)],
    ['earned, won', ({ rewards: { entries } }) => void (entries.find(({ unit }) => unit === 'won')!.amount += 1)],
    ['earned, points', ({ rewards: { balances } }) => void (balances.points.earned += 1)],
  ];
  it('contradict each other as soon as one of them is off by one', async () => {
    const answers = (await Promise.all(homes.map(atRest))).find(({ community: { board } }) => board !== null);
    if (!answers) throw new Error('neither home is ranked');
    for (const [what, change] of OFF_BY_ONE) {
      const other = structuredClone(answers);
      change(other);
      expect([what, contradictions(toldByAnswers(other)).some((one) => one.startsWith(`${what}:`))]).toEqual([
        what,
        true,
      ]);
    }
    for (const at of answers.byMonth.keys()) {
      if (at === 0) continue;
      const other = structuredClone(answers);
      other.byMonth[at]!.loadWh! += 1;
      expect(contradictions(toldByAnswers(other))).toHaveLength(1);
    }
  });
});
