import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ForecastAnswer, ForecastRequest } from '@hems/models/forecast/answer';
import { answerLine } from '@hems/models/forecast/answer-line';
import { shippedModels } from '@hems/models/forecast/shipped-model';
import { aHome } from '@hems/models/forecast/testing/homes';
import type { Forecaster } from '../../ports/forecaster.ts';

export type ForecasterUnderTest = { readonly forecaster: Forecaster; close(): Promise<void> };

export const aRequest = (id: string, days: number, over: Partial<ForecastRequest> = {}): ForecastRequest => ({
  id,
  firstDate: '2026-05-01',
  wh: [...aHome(id, days).wh],
  issuedAt: '2026-11-20T00:05:00+09:00',
  ...over,
});

const sunny = (days: number): number[] =>
  Array.from({ length: days * 24 }, (_, i) =>
    Math.max(0, Math.round(2000 * Math.sin(((i % 24) - 6) * (Math.PI / 12)))),
  );
const tenfold = (wh: readonly (number | null)[]) => wh.map((one, i) => (i > 500 && i < 668 ? 10 * (one ?? 0) : one));
const gapped = (wh: readonly (number | null)[]) => wh.map((one, i) => (i % 50 < 5 ? null : one));

/** Homes as they come, and as nobody wants them. */
const HOMES: readonly (readonly [what: string, request: ForecastRequest])[] = [
  ['without readings and without a bill', aRequest('none', 0)],
  ['without readings, with a bill', aRequest('bill', 0, { monthlyBillWh: 280_000 })],
  ['of one day', aRequest('one', 1)],
  ['of three days and a morning', aRequest('three', 3, { wh: [...aHome('three', 4).wh].slice(0, 82) })],
  ['of six weeks', aRequest('six weeks', 42)],
  ['with a sun and a sky', aRequest('sun', 30, { pvWh: sunny(30), place: { latitude: 37.6, longitude: 127 } })],
  ['that used nothing for a year', aRequest('zeros', 0, { firstDate: '2025-11-20', wh: Array(365 * 24).fill(0) })],
  ['with ten times the load for a week', aRequest('tenfold', 30, { wh: tenfold([...aHome('tenfold', 30).wh]) })],
  ['with hours missing', aRequest('gaps', 30, { wh: gapped([...aHome('gaps', 30).wh]) })],
];

const isSound = ({ hours }: ForecastAnswer): boolean =>
  hours.every(
    ({ p10Wh, p50Wh, p90Wh, meanWh }) => 0 <= p10Wh && p10Wh <= p50Wh && p50Wh <= p90Wh && Number.isFinite(meanWh),
  );

/** What every `Forecaster` with the shipped model promises; see `ports/forecaster.ts`. */
export const forecasterContract = (name: string, make: () => Promise<ForecasterUnderTest>): void => {
  describe(`Forecaster: ${name}`, () => {
    const models = shippedModels();
    /** what the image's door answers to the same request */
    const bytesOf = (request: ForecastRequest): string => answerLine(models, JSON.stringify(request));
    let own: ForecasterUnderTest;
    beforeAll(async () => {
      own = await make();
    });
    afterAll(() => own.close());
    const ask = (request: ForecastRequest) => own.forecaster.forecast(request, 20_000);

    it.each(HOMES)('answers a home %s with the bytes of the core, and with numbers that can be', async (_, request) => {
      const { answer } = await ask(request);
      expect(JSON.stringify(answer)).toBe(bytesOf(request));
      expect(isSound(answer)).toBe(true);
    });

    it('gives each of many homes that ask at once its own answer, and again the same', async () => {
      const requests = Array.from({ length: 12 }, (_, i) => aRequest(`home-${i}`, 2 + (i % 3)));
      const answers = await Promise.all(requests.map(ask));
      expect(answers.map(({ answer }) => JSON.stringify(answer))).toEqual(requests.map(bytesOf));
      const again = await ask(aRequest('home-3', 2));
      expect(again).toEqual(answers[3]);
    });

    it.each([
      ['a use that no home has', { wh: [-5] }, /wh\.0/],
      ['a date that is none', { firstDate: 'yesterday' }, /firstDate/],
      ['more hours than there are in three years', { wh: Array<number>(27_000).fill(1) }, /wh/],
    ])('refuses %s, says where, and answers the others', async (_, over, why) => {
      const [bad, good] = await Promise.allSettled([ask(aRequest('bad', 2, over)), ask(aRequest('good', 2))]);
      expect(bad.status === 'rejected' && bad.reason).toBeInstanceOf(RangeError);
      expect(bad.status === 'rejected' && String(bad.reason)).toMatch(why);
      expect(good.status).toBe('fulfilled');
    });
  });
};
