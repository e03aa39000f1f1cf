import { inspect } from 'node:util';
import { dayStart } from '@hems/models/calendar/seoul';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WeatherUnavailable, type WeatherDay } from '../../ports/weather.ts';
import { weatherContract } from '../contract/weather.contract.ts';
import {
  CONSTRUCTED_KEY,
  constructedCelsius,
  constructedEnvelope,
  constructedGateway,
  startConstructedKma,
  type ConstructedKma,
} from './constructed-kma.ts';
import { kmaWeather } from './kma-weather.ts';

const TODAY = '2026-11-22';
/** 04:00 in Seoul */
const EARLY = dayStart(TODAY) + 4 * 3_600_000;

const weatherAt = (url: string, { key = CONSTRUCTED_KEY, nowMs = EARLY } = {}) => {
  const pauses: number[] = [];
  const weather = kmaWeather({
    url,
    key: async () => key,
    clock: { now: () => nowMs },
    pause: async (attempt) => void pauses.push(attempt),
    timeoutMs: 300,
  });
  return { weather, pauses };
};

weatherContract('KMA, as constructed', async () => {
  const kma = await startConstructedKma(TODAY);
  return { weather: weatherAt(kma.url).weather, today: TODAY, close: () => kma.close() };
});

describe('the KMA adapter', () => {
  let kma: ConstructedKma;
  beforeEach(async () => {
    kma = await startConstructedKma(TODAY);
  });
  afterEach(() => kma.close());

  const days = (from: string, to: string, options = {}): Promise<WeatherDay[]> =>
    weatherAt(kma.url, options).weather.days('seoul', { from, to });
  const failure = async (asked: Promise<unknown>): Promise<Error> => {
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    if (!(error instanceof WeatherUnavailable)) throw new Error('it was not refused');
    return error;
  };

  it('asks the station and the grid cell of the province, past days up to yesterday', async () => {
    await weatherAt(kma.url).weather.days('busan', { from: '2026-11-20', to: '2026-11-23' });
    const [observed, ...forecast] = kma.asked.map((asked) => Object.fromEntries(asked));
    expect(observed).toMatchObject({
      dataCd: 'ASOS',
      dateCd: 'DAY',
      stnIds: '159',
      startDt: '20261120',
      endDt: '20261121',
      dataType: 'JSON',
      pageNo: '1',
    });
    expect(forecast[0]).toMatchObject({ base_date: '20261122', base_time: '0200', nx: '97', ny: '74' });
    // 93 hours of 12 categories are more rows than a page holds
    expect(forecast.map(({ pageNo }) => pageNo)).toEqual(['1', '2']);
  });

  it('gives a measured day as it was measured, negative tenths included', async () => {
    const [day] = await days('2026-01-02', '2026-01-02');
    expect(constructedCelsius('2026-01-02')).toMatch(/^-\d/);
    expect(day).toEqual({
      date: '2026-01-02',
      meanCdegc: Math.round(100 * Number(constructedCelsius('2026-01-02'))),
      kind: 'measured',
    });
  });

  it('leaves out days that the station did not measure, a whole range of them too', async () => {
    kma.missing.add('2026-11-11');
    kma.empty.add('2026-11-12');
    expect((await days('2026-11-10', '2026-11-13')).map(({ date }) => date)).toEqual(['2026-11-10', '2026-11-13']);
    expect(await days('2026-11-11', '2026-11-12')).toEqual([]);
    expect(await days('2026-11-11', '2026-11-11')).toEqual([]);
  });

  it('takes the eight standard hours of a coming day, and the middle of the extremes where an hour is past', async () => {
    expect(await days(TODAY, '2026-11-23')).toEqual([
      { date: TODAY, meanCdegc: 850, kind: 'forecast' },
      { date: '2026-11-23', meanCdegc: 1050, kind: 'forecast' },
    ]);
  });

  it('before ten past two takes the announcement of the evening before, and no day beyond the forecast', async () => {
    const before = await days(TODAY, '2026-12-31', { nowMs: dayStart(TODAY) + 2 * 3_600_000 });
    expect(Object.fromEntries(kma.asked[0]!)).toMatchObject({ base_date: '20261121', base_time: '2300' });
    expect(before.map(({ date }) => date)).toEqual([TODAY, '2026-11-23', '2026-11-24', '2026-11-25']);
  });

  it('takes the hours of the latest announcement: temperature, and the sky as tenths of cloud, closed where it rains', async () => {
    const nowMs = dayStart(TODAY) + 17 * 3_600_000 + 11 * 60_000;
    const { weather } = weatherAt(kma.url, { nowMs });
    const hours = await weather.hours('busan', { fromMs: nowMs, toMs: dayStart('2026-11-23') + 12 * 3_600_000 });
    expect(Object.fromEntries(kma.asked[0]!)).toMatchObject({ base_date: '20261122', base_time: '1700', nx: '97' });
    expect(hours[0]).toEqual({
      startMs: dayStart(TODAY) + 18 * 3_600_000,
      temperatureCdegc: 1800,
      cloudPermille: 950,
      kind: 'forecast',
    });
    const clouds = new Map(
      hours.map(({ startMs, cloudPermille }) => [(startMs - dayStart(TODAY)) / 3_600_000, cloudPermille]),
    );
    expect([20, 24 + 5, 24 + 10].map((hour) => clouds.get(hour))).toEqual([1000, 250, 700]);
  });

  it('takes an announcement from ten minutes after its time on, and the last of the evening before in the night', async () => {
    const asked = async (hour: number, minute: number): Promise<unknown> => {
      const nowMs = dayStart(TODAY) + hour * 3_600_000 + minute * 60_000;
      await weatherAt(kma.url, { nowMs }).weather.hours('seoul', { fromMs: nowMs, toMs: nowMs + 3_600_000 });
      const { base_date: date, base_time: time } = Object.fromEntries(kma.asked.at(-1)!);
      return [date, time];
    };
    expect(await asked(14, 9)).toEqual(['20261122', '1100']);
    expect(await asked(14, 10)).toEqual(['20261122', '1400']);
    expect(await asked(1, 0)).toEqual(['20261121', '2300']);
  });

  it('tells heat and cold waves of the newest status by province, a part of one as the whole, and no other alert', async () => {
    kma.inForce.push(
      'o 폭염경보 : 경기도(과천, 성남, 가평), 전북자치도(전주, 익산), 대구광역시(군위 제외)',
      'o 폭염주의보 : 서울특별시, 인천광역시(옹진군 제외), 제주도(산지), 울릉도.독도',
      'o 호우주의보 : 부산광역시, 강원도(태백)',
    );
    const alerts = await weatherAt(kma.url).weather.alerts();
    const told = Object.fromEntries([...alerts].filter(([, own]) => own.length > 0));
    const heat = (level: string) => [{ kind: 'heat-wave', level }];
    expect(told).toEqual({
      gyeonggi: heat('warning'),
      jeonbuk: heat('warning'),
      daegu: heat('warning'),
      seoul: heat('advisory'),
      incheon: heat('advisory'),
      jeju: heat('advisory'),
    });
  });

  it('a status in one line is read like one in lines, and none in force is none', async () => {
    kma.inForce.push(
      'o 한파경보 : 강원도(태백, 홍천평지) o 한파주의보 : 세종특별자치시, 충청북도 o 건조경보 : 서울특별시',
    );
    const alerts = await weatherAt(kma.url).weather.alerts();
    expect([alerts.get('gangwon'), alerts.get('sejong'), alerts.get('chungbuk'), alerts.get('seoul')]).toEqual([
      [{ kind: 'cold-wave', level: 'warning' }],
      [{ kind: 'cold-wave', level: 'advisory' }],
      [{ kind: 'cold-wave', level: 'advisory' }],
      [],
    ]);
    kma.inForce.length = 0;
    expect([...(await weatherAt(kma.url).weather.alerts()).values()].flat()).toEqual([]);
  });

  it('a heat wave that is named in a way nobody knows is no silence', async () => {
    kma.inForce.push('o 폭염경보 서울특별시');
    expect((await failure(weatherAt(kma.url).weather.alerts())).message).toContain('in a form that is not known');
  });

  it('does without yesterday while it is not published', async () => {
    kma.next(constructedEnvelope('99', '전날 자료까지 제공됩니다.'));
    expect((await days('2026-11-18', '2026-11-21')).map(({ date }) => date)).toEqual([
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
    ]);
  });

  it('takes the key in either form that the portal shows', async () => {
    expect(await days('2026-11-20', '2026-11-20', { key: encodeURIComponent(CONSTRUCTED_KEY) })).toHaveLength(1);
  });

  it.each([
    ['the service itself', constructedEnvelope('22', 'LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR')],
    ['the gateway, in XML', constructedGateway('22', 'LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR')],
    [
      'the gateway, in JSON',
      { body: JSON.stringify({ OpenAPI_ServiceResponse: { cmmMsgHeader: { returnReasonCode: '22', errMsg: 'X' } } }) },
    ],
    ['the gateway, bare', { body: JSON.stringify({ responseTime: 1, resultCode: '22', resultMsg: 'LIMITED' }) }],
  ])('says that the requests of the day are used up when %s says so', async (_, answer) => {
    kma.next(answer);
    const error = await failure(days('2026-11-20', '2026-11-20'));
    expect(error.message).toMatch(/^KMA AsosDalyInfoService\/getWthrDataList refused with code 22 /);
    expect(error.message).toContain('they begin anew at midnight');
    expect(kma.asked).toHaveLength(1);
  });

  it('a key that is not registered is told with what to do, and is in no error', async () => {
    const error = await failure(days('2026-11-20', '2026-11-20', { key: 'secret-of-ours' }));
    expect(error.message).toContain('the key is not registered');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret-of-ours');
  });

  it('asks again after a failure of the server, three times in all, and only then', async () => {
    kma.next({ status: 502, body: '<html>Bad Gateway</html>' }, { status: 500, body: 'Unexpected errors' });
    const { weather, pauses } = weatherAt(kma.url);
    expect(await weather.days('seoul', { from: '2026-11-20', to: '2026-11-20' })).toHaveLength(1);
    expect(pauses).toEqual([1, 2]);
    kma.next(...Array.from({ length: 3 }, () => ({ status: 503, body: '' })));
    expect((await failure(days('2026-11-20', '2026-11-20'))).message).toContain('status 503');
    expect(kma.asked).toHaveLength(6);
    kma.next({ status: 404, body: 'API not found' });
    expect((await failure(days('2026-11-20', '2026-11-20'))).message).toContain('status 404');
    expect(kma.asked).toHaveLength(7);
  });

  it('does not follow a redirect: the key would travel along', async () => {
    kma.next({ status: 302, headers: { location: `${kma.url}/AsosDalyInfoService/getWthrDataList` }, body: '' });
    expect((await failure(days('2026-11-20', '2026-11-20'))).message).toContain('redirect');
    expect(kma.asked).toHaveLength(1);
  });

  it('gives up on a server that does not answer in time, and on one that is not there', async () => {
    kma.next('hang');
    const slow = await failure(days('2026-11-20', '2026-11-20'));
    expect(slow.message).toContain('no answer within 300 ms');
    const gone = weatherAt('http://127.0.0.1:1').weather.days('seoul', { from: '2026-11-20', to: '2026-11-20' });
    const error = await failure(gone);
    expect(error.message).toContain('no connection');
    expect(inspect([slow, error], { depth: 9, showHidden: true })).not.toContain('constructed');
  });

  it.each([
    ['a page of another service', '<html><body>maintenance</body></html>'],
    ['nothing', ''],
    ['half an answer', '{"response":{"header":{"resultCode":"00"}'],
    [
      'a row without a date',
      '{"response":{"header":{"resultCode":"00"},"body":{"totalCount":1,"items":{"item":[{"avgTa":"3.0"}]}}}}',
    ],
  ])('refuses %s rather than guess', async (_, body) => {
    kma.next({ body });
    expect((await failure(days('2026-11-20', '2026-11-20'))).message).toContain('in no format that is known');
  });
});
