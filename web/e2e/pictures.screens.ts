import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays } from '@hems/models/calendar/seoul';
import { readRunningBill } from '@hems/shared/api/bill';
import { readCommunity } from '@hems/shared/api/community';
import { readDays } from '@hems/shared/api/days';
import { listDevices } from '@hems/shared/api/devices';
import { announceEvent } from '@hems/shared/api/events';
import { readForecast } from '@hems/shared/api/forecast';
import { readInbox } from '@hems/shared/api/inbox';
import { readPlan } from '@hems/shared/api/plan';
import { readRewards } from '@hems/shared/api/rewards';
import { readSession } from '@hems/shared/api/session';
import { readUsage } from '@hems/shared/api/usage';
import { createClient, type Call } from '@hems/shared/client/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signIn as tokensOf } from '../../functions/local/commands/sign-in.ts';
import { launchBrowser, openPage, signIn } from './browser.ts';
import { buildWeb } from './build.ts';
import { startHost, type Host } from './host.ts';
import { operatorOf } from './operator.ts';
import {
  DARK,
  DESKTOP,
  ENGLISH,
  EVENT,
  FLAT,
  HOUSE,
  KOREAN,
  PHONE,
  SCREENS,
  WIDE,
  YESTERDAY,
  type Homes,
  type Ids,
  type Look,
  type Screen,
} from './pictured.ts';

/** `npm run screens`: pictures of the app on two demo homes with their history, for the documentation. */

const FOLDER = fileURLToPath(new URL('../../docs/screens', import.meta.url));
const MOST_BYTES = 60_000;
const MOST_BYTES_IN_ALL = 1_500_000;
const QUALITY = 60;

const MONTHS = 13;

let host: Host;
let browser: Browser;
let ids: Ids;

const callAs = async ({ email, password }: Host['users'][number]): Promise<Call> => {
  const { access_token: token } = await tokensOf({ origin: host.origin, email, password });
  return createClient({ apiBase: host.origin, accessToken: async () => token });
};

/** Fails with what the home does not tell yet. */
const requireHistory = async (call: Call, householdId: string): Promise<void> => {
  const params = { householdId };
  const first = `${addDays(YESTERDAY, -30 * MONTHS).slice(0, 7)}-01`;
  const [{ days }, { intervals }, bill, ahead] = await Promise.all([
    call(readDays, { params, query: { from: YESTERDAY, to: YESTERDAY } }),
    call(readUsage, { params, query: { grain: 'month', from: first, to: YESTERDAY } }),
    call(readRunningBill, { params, query: {} }),
    call(readForecast, { params }),
  ]);
  if (days.length === 0) throw new Error(`${householdId}: yesterday has no item yet`);
  if (intervals.length < MONTHS || intervals.some(({ loadWh }) => loadWh === null))
    throw new Error(`${householdId}: a month of ${intervals.length} has no total yet`);
  if (bill.projected === null) throw new Error(`${householdId}: the bill is not projected yet`);
  if (ahead.hours.length === 0) throw new Error(`${householdId}: there is no forecast yet`);
};

const SETTLE_MS = 90_000;

/** The homes with their history, the flat with its rewards and rank, and an invitation to a saving hour in the inbox. */
const readIds = async (): Promise<Ids> => {
  const [user] = host.users;
  if (!user) throw new Error('the host has no user');
  const call = await callAs(user);
  const { households } = await call(readSession, {});
  const idOf = (name: string): string => {
    const found = households.find((one) => one.name === name);
    if (!found) throw new Error(`${user.email} has no home ${name}`);
    return found.householdId;
  };
  const homes: Homes = { [HOUSE]: idOf(HOUSE), [FLAT]: idOf(FLAT) };
  const operator = await operatorOf(host);
  const event = { programme: 'per-home-dr-target', date: addDays(YESTERDAY, 2), fromHour: 19, toHour: 20, points: 500 };
  await operator(announceEvent, { body: { eventId: EVENT, ...event } });
  const flat = { householdId: homes[FLAT] };
  return vi.waitFor(
    async () => {
      for (const householdId of Object.values(homes)) await requireHistory(call, householdId);
      const [{ board }, { entries }, planned, { notices }, equipment] = await Promise.all([
        call(readCommunity, { params: flat, query: {} }),
        call(readRewards, { params: flat, query: {} }),
        call(readPlan, { params: { householdId: homes[HOUSE] } }),
        call(readInbox, { query: {} }),
        call(listDevices, { params: { householdId: homes[HOUSE] } }),
      ]);
      const sensor = equipment.devices.find(({ kind }) => kind === 'environment_sensor');
      const entry = entries.find(({ amount }) => amount > 0);
      if (board === null) throw new Error('the flat is not ranked yet');
      if (planned.plan === null) throw new Error('the house has no plan yet');
      if (notices.length === 0) throw new Error('the inbox is empty yet');
      if (!sensor || !entry) throw new Error('the house has no sensor, or the flat no reward yet');
      return { homes, sensor: sensor.deviceId, entry: entry.entryId };
    },
    { timeout: SETTLE_MS, interval: 500 },
  );
};

beforeAll(async () => {
  await buildWeb();
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await host.caughtUp;
  ids = await readIds();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const THERE_MS = 15_000;
const BARE = ['loading', 'error', 'offline', 'no-permission'].map((state) => `[data-state=${state}]`).join(',');

/** Without a reload, which would ask for a sign-in in another language or size; fails where the screen is another one, or bare. */
const goTo = async (page: Page, { path, home, heading, card, isAtCard }: Screen): Promise<void> => {
  const rest = typeof path === 'string' ? path : path(ids);
  await page.evaluate(
    (to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    },
    home === undefined ? rest : `/households/${ids.homes[home]}${rest}`,
  );
  await page.getByRole('heading', { level: 1, name: heading }).first().waitFor({ timeout: THERE_MS });
  const shown = page.locator('main section:is([data-state=ready],[data-state=partial])');
  const title = page.getByRole('heading', { level: 2, ...(card !== undefined && { name: card }) });
  if (card !== undefined) await shown.filter({ has: title }).first().waitFor({ timeout: THERE_MS });
  await page.waitForFunction((bare) => document.querySelector(`main :is(${bare})`) === null, BARE, {
    timeout: THERE_MS,
  });
  if (isAtCard)
    await shown
      .filter({ has: title })
      .first()
      .evaluate((section) => section.scrollIntoView());
  else await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForTimeout(700);
};

const pictureOf = async (page: Page): Promise<Buffer> => {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  return Buffer.from(data, 'base64');
};

type Picture = { readonly name: string; readonly webp: Buffer };

const taken = async (name: string, page: Page): Promise<Picture> => {
  const webp = await pictureOf(page);
  expect(webp.length, name).toBeLessThanOrEqual(MOST_BYTES);
  return { name, webp };
};

const pageOf = (pictures: readonly Picture[]): string =>
  [
    '# Screens',
    'Written by `npm run screens` from the demo homes of the local host; not edited by hand.',
    ...pictures.map(({ name }) => `## ${name}\n\n![${name}](${name}.webp)`),
  ].join('\n\n');

const nameOf = (name: string, { lang, theme, size }: Look): string =>
  [
    name,
    ...(theme === 'dark' ? ['dark'] : []),
    ...(lang === 'en' ? ['en'] : []),
    ...(size === DESKTOP ? ['desktop'] : []),
  ].join('-');

const open = async ({ lang, theme, size }: Look): Promise<Page> => {
  const { page } = await openPage(browser, { viewport: size, deviceScaleFactor: size === PHONE ? 1.5 : 1 });
  await page.addInitScript(
    ([locale, scheme]) => {
      localStorage.setItem('hems.locale', locale ?? '');
      localStorage.setItem('hems.theme', scheme ?? '');
    },
    [lang, theme] as const,
  );
  await page.goto(host.origin);
  await page.locator('main').getByRole('button').first().waitFor();
  return page;
};

/** The pages of the identity provider, and back to where the app begins. */
const atTheDoor = async (page: Page): Promise<Picture[]> => {
  await page
    .locator('main')
    .getByRole('button', { name: /^로그인/ })
    .first()
    .click();
  await page.getByRole('link', { name: /계정 만들기/ }).waitFor();
  const signingIn = await taken('sign-in', page);
  await page.getByRole('link', { name: /계정 만들기/ }).click();
  await page.getByRole('heading', { name: /계정 만들기/ }).waitFor();
  const signingUp = await taken('sign-up', page);
  await page.goto(host.origin);
  await page.locator('main').getByRole('button').first().waitFor();
  return [signingIn, signingUp];
};

const picture = async (look: Look): Promise<Picture[]> => {
  const page = await open(look);
  const pictures: Picture[] = [];
  if (look === KOREAN || look === WIDE) pictures.push(await taken(nameOf('landing', look), page));
  if (look === KOREAN) pictures.push(...(await atTheDoor(page)));
  await signIn(page, host);
  await page.locator('[data-part=line]').waitFor();
  for (const screen of SCREENS.filter(({ looks }) => looks.includes(look))) {
    await goTo(page, screen);
    pictures.push(await taken(nameOf(screen.name, look), page));
  }
  await page.context().close();
  return pictures;
};

describe('the screens', { timeout: 240_000 }, () => {
  it('are pictured on demo homes with their history, each small enough to be kept', async () => {
    const pictures: Picture[] = [];
    for (const look of [KOREAN, DARK, ENGLISH, WIDE]) pictures.push(...(await picture(look)));
    const bytes = pictures.reduce((sum, { webp }) => sum + webp.length, 0);
    console.log(`${pictures.length} pictures, ${bytes} B`);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES_IN_ALL);
    // all of them or none
    await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    for (const { name, webp } of pictures) await writeFile(join(FOLDER, `${name}.webp`), webp);
    await writeFile(join(FOLDER, 'README.md'), `${pageOf(pictures)}\n`);
  });
});
