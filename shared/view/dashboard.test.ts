import { HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { ApiError, type ErrorKind } from '../errors/api-error.ts';
import type { Origin } from '@hems/models/household/household';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { originTexts } from '../i18n/origin.ts';
import type { Environment } from '../api/environment.ts';
import { aLive, anEnvironment, aSession, aSolarLive, NOW_MS } from '../testing/answers.ts';
import type { Live } from '../api/live.ts';
import { behind, cardOf, isFilled, type Card, type Loaded } from './card.ts';
import { ko as koHome } from '../i18n/ko/home.ts';
import { dashboardView, type DashboardInput, type DashboardView } from './dashboard.ts';
import { originStory } from './origin-story.ts';
import { devicesCard, type DeviceView } from './devices.ts';
import { environmentCard, type SensorView } from './environment.ts';
import { followLive, serverNow, type LiveState } from './live-tail.ts';

const DEVICE_MS = 5_000_000;
const MINUTE_MS = 60_000;

const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: DEVICE_MS });
const nothing: Loaded<never> = { data: undefined, error: null, paused: false, atMs: 0 };
const failed = (kind: ErrorKind): Loaded<never> => ({ ...nothing, error: new ApiError(kind, 'test') });
const live = (answer: Live): Loaded<LiveState> => loaded(followLive(undefined, answer));

type Input = DashboardInput & { readonly environment: Loaded<Environment> };
type View = DashboardView & {
  readonly environment: Card<readonly SensorView[]>;
  readonly devices: Card<readonly DeviceView[]>;
};

const input = (over: Partial<Input> = {}): Input => ({
  householdId: 'home-1',
  session: loaded(aSession()),
  live: live(aLive()),
  environment: loaded(anEnvironment()),
  deviceMs: DEVICE_MS,
  ...over,
});
/** The whole dashboard besides chart, flows and money: what it opens with, and its lower half. */
const shown = (over: Partial<Input> = {}, t = ko): View => {
  const given = { ...input(over) };
  const view = dashboardView(given, t);
  if (view === undefined) throw new Error('the dashboard is closed');
  const words = { t, s: koHome };
  const told = behind(given.session, given.live);
  const nowMs = serverNow(told, given.deviceMs);
  return {
    ...view,
    environment: environmentCard(behind(given.session, given.environment), nowMs, words),
    devices: cardOf(told, t, (data) => devicesCard(data.live, nowMs, words)),
  };
};

describe('the power of the home now', () => {
  it('is shown with its age and quality', () => {
    expect(shown().now).toEqual({
      state: 'ready',
      content: {
        kw: '0.85',
        age: '3초 전',
        quality: '측정값',
        silent: false,
        spoken: '현재 전력 0.85킬로와트, 3초 전 들어온 값이에요.',
      },
    });
    expect(shown().chip).toEqual({ state: 'live', text: '실시간' });
  });

  it('ages by the clock of this device between two answers, whatever that clock says', () => {
    const view = shown({ deviceMs: DEVICE_MS + 40_000 });
    expect(view.now).toMatchObject({ state: 'ready', content: { age: '43초 전', silent: false } });
    expect(view.chip).toEqual({ state: 'recent', text: '1분 전' });
  });

  it('turns into "last seen" once the meter has been silent for two minutes', () => {
    const at = (ageMs: number): DashboardView =>
      shown({ live: live(aLive({ now: NOW_MS, load: { powerW: 850, ts: NOW_MS - ageMs, quality: 'good' } })) });
    expect(at(2 * MINUTE_MS - 1).now).toMatchObject({ state: 'ready', content: { silent: false } });
    expect(at(2 * MINUTE_MS).now).toMatchObject({
      state: 'partial',
      note: ko.now.silent,
      content: { kw: '0.85', silent: true, age: '마지막 수신 오후 3:00 · 2분 전' },
    });
  });

  it.each([
    [29_999, 'live', '실시간'],
    [30_000, 'recent', '1분 전'],
    [14 * MINUTE_MS, 'recent', '14분 전'],
    [15 * MINUTE_MS, 'delayed', '지연'],
    [HOUR_MS, 'offline', '오프라인'],
  ])('%i ms after the last value the chip says %s', (ageMs, state, text) => {
    const { chip } = shown({ live: live(aLive({ load: { powerW: 850, ts: NOW_MS - ageMs, quality: 'good' } })) });
    expect(chip).toMatchObject({ state, text });
    expect('since' in chip).toBe(state === 'delayed' || state === 'offline');
  });

  it('is not told when a device of the balance is missing', () => {
    const view = shown({ live: live(aLive({ load: { powerW: null, ts: null, quality: 'missing' } })) });
    expect(view.now).toMatchObject({ state: 'partial', note: ko.now.unknown, content: { kw: '–' } });
  });

  it('asks for a meter where there is none', () => {
    const none = { powerW: null, ts: null, quality: 'missing' } as const;
    const view = shown({
      live: live(aLive({ load: none, grid: none, devices: [], today: { loadWh: null, quality: 'missing' } })),
    });
    expect([view.now.state, view.devices.state]).toEqual(['empty', 'empty']);
    expect(view.chip).toEqual({ state: 'offline', text: '값 없음' });
  });

  it.each([
    ['only a meter', aLive(), false],
    ['solar and battery', aSolarLive(), true],
    [
      'a charger',
      aLive({
        devices: [{ deviceId: 'ev', kind: 'ev_charger', name: '충전기', ts: null, powerW: null, quality: 'missing' }],
      }),
      true,
    ],
  ])('of a home with %s has flows: %s', (_, answer, has) => {
    expect(shown({ live: live(answer) }).hasFlows).toBe(has);
  });
});

describe('sensors and devices', () => {
  it('shows what a sensor measures and nothing it does not', () => {
    const { environment } = shown({ environment: loaded(anEnvironment({ co2Ppm: null })) });
    expect(environment).toMatchObject({
      state: 'ready',
      content: [
        {
          lastSeen: '1분 전',
          readings: [
            { value: '23.4', unit: '°C' },
            { value: '45', unit: '%' },
          ],
        },
      ],
    });
  });

  it('keeps the last values of a silent sensor, with their time', () => {
    const { environment } = shown({ environment: loaded(anEnvironment({ ts: NOW_MS - 20 * MINUTE_MS })) });
    expect(environment).toMatchObject({
      state: 'partial',
      content: [{ silent: true, lastSeen: '마지막 수신 오후 2:42 · 20분 전' }],
    });
  });

  it('lists a device that was never heard as such, without a power', () => {
    const [meter] = aLive().devices;
    const plug = {
      ...meter!,
      deviceId: 'plug-1',
      kind: 'smart_plug',
      name: '거실 스마트 플러그',
      ts: null,
      powerW: null,
      quality: 'missing',
    } as const;
    const { devices } = shown({ live: live(aLive({ devices: [plug, meter!] })) });
    expect(devices).toMatchObject({
      state: 'partial',
      content: [
        { about: '스마트미터 · 방금', silent: false, power: '850 W' },
        { about: '아직 수신한 값이 없어요', silent: true, power: undefined },
      ],
    });
  });

  it('lists a sensor that is heard with the air alone, unless there is nothing else or it has gone silent', () => {
    const [meter] = aLive().devices;
    const sensor = (ts: number) =>
      ({ deviceId: 'air-1', kind: 'environment_sensor', name: '거실', ts, powerW: null, quality: 'good' }) as const;
    const idsOf = (...devices: Live['devices']): string[] => {
      const card = shown({ live: live(aLive({ devices })) }).devices;
      return isFilled(card) ? card.content.map(({ deviceId }) => deviceId) : [];
    };
    expect(idsOf(meter!, sensor(NOW_MS))).toEqual(['meter-1']);
    expect(idsOf(meter!, sensor(NOW_MS - HOUR_MS))).toEqual(['meter-1', 'air-1']);
    expect(idsOf(sensor(NOW_MS))).toEqual(['air-1']);
  });

  it('says how to get sensors when there are none', () => {
    const { environment } = shown({ environment: loaded({ ...anEnvironment(), sensors: [] }) });
    expect(environment).toEqual({ state: 'empty', ...koHome.environment.empty });
  });
});

describe('demo homes', () => {
  const home = aSession().households[0]!;
  const inHome = (origin: Origin): Partial<Input> => ({
    session: loaded(aSession({ households: [{ ...home, origin }] })),
  });
  const replayed = {
    type: 'replayed',
    home: 'lcl000010',
    set: 'lcl',
    country: 'United Kingdom (London)',
    credit: 'UK Power Networks, CC BY 4.0',
    shiftDays: 4704,
    scale: 0.4613,
    pvScale: 0.4613,
    firstDate: '2013-01-01',
    lastDate: '2014-02-27',
  } as const;

  it('a replayed home is labelled with its country, from the fields of its data', () => {
    expect(shown(inHome(replayed)).origin?.short).toBe('데모 · 영국의 실제 가구 기록을 재생한 값');
    expect(shown(inHome(replayed), en).origin?.short).toBe('Demo · replayed from a real home in the United Kingdom');
  });

  it('tells in full whose record it is, once somebody asks', async () => {
    const { origin } = shown(inHome(replayed)).origin!;
    expect(originStory(origin, { t: ko, s: await originTexts('ko') })).toBe(
      '데모 데이터: 영국 실제 가구의 기록(UK Power Networks, CC BY 4.0)을 4704일 옮기고 0.46배로 조정한 값이며, 한국 가구의 자료가 아니에요.',
    );
    expect(originStory(origin, { t: en, s: await originTexts('en') })).toBe(
      'Demo data: recorded in a real home in the United Kingdom (UK Power Networks, CC BY 4.0), dates shifted by 4704 days, values scaled ×0.46. Not a Korean household.',
    );
  });

  it('names the factor of its solar values where it differs', async () => {
    const roof = { ...replayed, country: 'United States (California)', pvScale: 0.7 };
    expect(originStory(roof, { t: ko, s: await originTexts('ko') })).toMatch(
      /^데모 데이터: 미국 .*태양광 값은 0\.7배로 조정했어요\.$/,
    );
  });

  it('a simulated home says that no real household stands behind it', () => {
    expect(shown(inHome({ type: 'simulated', seed: 7 })).origin?.short).toBe('데모 · 시뮬레이션으로 만든 값');
    expect(shown().origin).toBeUndefined();
  });
});

describe('what is not there', () => {
  it('stays closed until the session says whose figures they are', () => {
    const waiting = shown({ session: nothing });
    expect([waiting.now.state, waiting.environment.state, waiting.chip.state]).toEqual([
      'loading',
      'loading',
      'unknown',
    ]);
    const broken = shown({ session: failed('unavailable') });
    expect([broken.now.state, broken.environment.state]).toEqual(['error', 'error']);
  });

  it('is loading until the first answer', () => {
    const view = shown({ live: nothing, environment: nothing });
    expect([view.now.state, view.environment.state, view.devices.state]).toEqual(Array(3).fill('loading'));
    expect(view.chip.state).toBe('unknown');
  });

  it.each([
    ['unavailable', 'error', ko.failure.unavailable],
    ['unreadable', 'error', ko.failure.unreadable],
    ['unreachable', 'offline', ko.failure.unreachable],
  ] as const)('after a failure of kind %s is %s, in words', (kind, state, text) => {
    expect(shown({ live: failed(kind) }).now).toEqual({ state, ...text });
    expect(shown({ environment: failed(kind) }).environment).toEqual({ state, ...text });
  });

  it('is offline without a connection', () => {
    expect(shown({ live: { ...nothing, paused: true } }).now.state).toBe('offline');
    expect(shown({ live: { ...nothing, paused: true } }).chip.state).toBe('offline');
  });

  it('is the last value under a banner when a later poll fails', () => {
    const last = live(aLive());
    expect(shown({ live: { ...last, paused: true } }).banner).toBe(ko.banner.offline);
    expect(shown({ live: { ...last, error: new ApiError('unreachable', 'test') } })).toMatchObject({
      banner: ko.banner.unreachable,
      chip: { state: 'offline', since: '마지막 값 오후 3:01' },
      now: { content: { kw: '0.85' } },
    });
    expect(shown({ live: { ...last, error: new ApiError('unavailable', 'test') } })).toMatchObject({
      banner: ko.banner.failing,
      chip: { state: 'live' },
    });
    expect(shown().banner).toBeUndefined();
  });

  it('shows nothing of a home to somebody who may not see it, not even what was shown before', () => {
    const denied = { ...live(aLive()), error: new ApiError('no-permission', 'test') };
    expect(dashboardView(input({ live: denied }), ko)).toBeUndefined();
    expect(dashboardView(input({ householdId: 'home-2' }), ko)).toBeUndefined();
    const partly = { ...loaded(anEnvironment()), error: new ApiError('no-permission', 'test') };
    expect(shown({ environment: partly }).environment).toEqual({
      state: 'no-permission',
      ...ko.failure['no-permission'],
    });
  });
});
