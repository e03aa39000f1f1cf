import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { NOW_MS } from '@hems/shared/testing/answers';
import {
  aForecast,
  anAdvice,
  aPlan,
  hoursAhead,
  someAccuracy,
  someSteps,
} from '@hems/shared/testing/assistant-answers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, signIn } from './browser.ts';
import { startHost, type Host } from './host.ts';
import { look, smallTargets } from './look.ts';

let host: Host;
let browser: Browser;
beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

type Opened = { readonly page: Page; readonly errors: string[]; readonly homes: readonly string[] };

/** Signed in, with the addresses of the homes of the demo user. */
const openHomes = async (locale = 'ko'): Promise<Opened> => {
  const { page, errors } = await openPage(browser);
  await page.addInitScript((chosen) => localStorage.setItem('hems.locale', chosen), locale);
  await page.goto(host.origin);
  await signIn(page, host);
  await page.locator('[data-part=line]').waitFor();
  const ids = await page.locator('select option').evaluateAll((all) => all.map((one) => one.getAttribute('value')));
  return { page, errors, homes: ids.map((id) => `${host.origin}/households/${id}`) };
};

const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.locator('main section[data-state]').first().waitFor();
  await page.waitForFunction(() => document.querySelector('main [data-state=loading]') === null);
};

const statesOf = async (page: Page): Promise<(string | null)[]> =>
  page.locator('main section[data-state]').evaluateAll((cards) => cards.map((one) => one.getAttribute('data-state')));

const STATES = ['ready', 'partial', 'empty'];

describe.each(['ko', 'en'])('the assistant in %s', { timeout: 240_000 }, (locale) => {
  it('answers for every home, fits at 320, 768 and 1280 px, light and dark, can be pressed and passes axe', async () => {
    const { page, errors, homes } = await openHomes(locale);
    for (const [index, home] of homes.entries())
      for (const path of ['', '/forecast', '/plan']) {
        await page.goto(`${home}/assistant${path}`);
        await settled(page);
        for (const state of await statesOf(page)) expect(STATES, `${path}: ${state}`).toContain(state);
        await page.evaluate(() =>
          document.querySelectorAll('details').forEach((details) => details.setAttribute('open', '')),
        );
        const name = `assistant${path.replace('/', '-')}-${index + 1}`;
        await look({ page, name });
        expect(await smallTargets(page), path).toEqual([]);
      }
    expect(errors).toEqual([]);
  });
});

const MIDNIGHT_MS = dayStart('2026-11-23');
/** A car that is charged from one to five at night. */
const withCar = () =>
  someSteps((startMs) => {
    const hour = (startMs - MIDNIGHT_MS) / HOUR_MS;
    return hour >= 1 && hour < 5 ? { carW: 3000 } : {};
  });
const aRoof = () =>
  hoursAhead().map(({ ts }) => {
    const hour = ((ts - MIDNIGHT_MS) / HOUR_MS + 24) % 24;
    const meanWh = hour > 7 && hour < 17 ? Math.round(900 * Math.sin(((hour - 7) / 10) * Math.PI)) : 0;
    return { ts, meanWh, p10Wh: Math.round(meanWh / 3), p90Wh: Math.round(meanWh * 1.6) };
  });

/** What no demo home shows, at the time of the prepared answers. */
const PREPARED: readonly (readonly [name: string, path: string, answers: Record<string, object>])[] = [
  ['prepared-advice', '', { advice: anAdvice({ safeguard: 'cold-wave' }), forecast: aForecast() }],
  ['prepared-forecast', '/forecast', { forecast: aForecast({ solar: aRoof(), notices: ['drift'] }) }],
  [
    'prepared-plan',
    '/plan',
    {
      plan: aPlan({
        plan: { steps: withCar() },
        automation: { isOn: true, reservePermille: 200, car: { needWh: 12_000, readyBy: '07:00' } },
      }),
    },
  ],
  [
    'prepared-safe-plan',
    '/plan',
    {
      plan: aPlan({
        plan: { status: 'safe', conflicts: ['car-ready-by', 'import-limit'] },
        automation: { isOn: false, reservePermille: 200, car: { needWh: 12_000, readyBy: '07:00' } },
      }),
    },
  ],
];

describe.each(['ko', 'en'])('what no demo home shows, in %s', { timeout: 240_000 }, (locale) => {
  it('fits, can be pressed and passes axe', async () => {
    const { page, errors, homes } = await openHomes(locale);
    for (const [name, path, answers] of PREPARED) {
      for (const [noun, json] of Object.entries(answers))
        await page.route(`**/v1/households/*/${noun}`, async (route) => route.fulfill({ json }));
      await page.route('**/v1/households/*/forecast/accuracy*', async (route) =>
        route.fulfill({ json: someAccuracy({ from: '2026-10-25', to: '2026-11-21' }) }),
      );
      await page.clock.setFixedTime(NOW_MS);
      await page.goto(`${homes[0]}/assistant${path}`);
      await settled(page);
      await look({ page, name });
      expect(await smallTargets(page), name).toEqual([]);
      await page
        .getByRole('button', { name: /^(표로 보기|Show as table)$/ })
        .first()
        .click({ timeout: 1000 })
        .catch(() => undefined);
      await look({ page, name: `${name}-table` });
    }
    expect(errors).toEqual([]);
  });
});

describe('the forecast of a demo home', { timeout: 120_000 }, () => {
  it('tells the next hour with its range, and each hour in the table twin', async () => {
    const { page, homes } = await openHomes();
    const next = page.getByRole('region', { name: '다음 1시간 예측' });
    // the history of the demo homes is made while they can already be looked at
    const forecastOf = async (home: string): Promise<boolean> => {
      await page.goto(`${home}/assistant/forecast`);
      await settled(page);
      return (await next.getAttribute('data-state')) === 'ready';
    };
    const firstForecast = async (): Promise<boolean> => {
      for (const home of homes) if (await forecastOf(home)) return true;
      return false;
    };
    await expect.poll(firstForecast, { timeout: 60_000, interval: 3000 }).toBe(true);
    expect(await next.innerText()).toMatch(/10번 중 8번은 [\d.,]+–[\d.,]+ k?W 사이예요/);
    expect(await next.innerText()).not.toContain('%');
    const hours = page.getByRole('region', { name: '내일까지 시간별 예측' });
    await hours.getByRole('button', { name: '표로 보기' }).click();
    expect(await hours.getByRole('row').count()).toBeGreaterThan(24);
  });

  it('is gone once the consent is withdrawn, and leads to where it can be given', async () => {
    const { page, homes } = await openHomes();
    const home = homes.at(-1);
    await page.goto(`${home}/settings/consents`);
    await page.getByRole('button', { name: '사용 분석: 동의 철회하기' }).click();
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('button', { name: '사용 분석: 동의하기' }).waitFor();
    for (const path of ['', '/forecast', '/plan']) {
      await page.goto(`${home}/assistant${path}`);
      await page.getByRole('link', { name: '동의 관리 열기' }).waitFor();
    }
    await page.getByRole('link', { name: '동의 관리 열기' }).click();
    await page.getByRole('button', { name: '사용 분석: 동의하기' }).click();
    await page.getByLabel(/동의해요/).check();
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByRole('button', { name: '사용 분석: 동의 철회하기' }).waitFor();
    await page.goto(`${home}/assistant/forecast`);
    await settled(page);
    expect(await page.getByRole('link', { name: '동의 관리 열기' }).count()).toBe(0);
  });
});

describe('the plan of a demo home with a battery', { timeout: 120_000 }, () => {
  it('is switched on, set aside with an end, taken back and switched off', async () => {
    const { page, errors, homes } = await openHomes();
    for (const home of homes) {
      await page.goto(`${home}/assistant/plan`);
      await settled(page);
      if ((await page.getByRole('region', { name: '자동 운전' }).count()) > 0) break;
    }
    const automation = page.getByRole('region', { name: '자동 운전', exact: true });
    const off = automation.getByRole('button', { name: '자동 운전 켜기' });
    if ((await off.count()) > 0) {
      await off.click();
      await automation.getByRole('button', { name: '확인' }).click();
    }
    await automation.getByText('켜져 있어요').waitFor();
    const override = page.getByRole('region', { name: '잠시 직접 정하기' });
    await override.getByRole('button', { name: '멈추기' }).click();
    await override.getByText(/까지 ‘배터리 대기/).waitFor();
    await override.getByRole('button', { name: '지금 계획으로 돌아가기' }).click();
    await override.getByRole('button', { name: '멈추기' }).waitFor();
    await automation.getByRole('button', { name: '자동 운전 끄기' }).click();
    await automation.getByRole('button', { name: '확인' }).click();
    await automation.getByText('꺼져 있어요').waitFor();
    expect(await override.getByRole('button', { name: '멈추기' }).count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
