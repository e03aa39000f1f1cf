import { expect, test } from 'vitest';
import { dateOfDayNumber } from '../../calendar/seoul.ts';
import { forecastHome } from '../../forecast/forecast.ts';
import { HOURS } from '../../forecast/series.ts';
import { aHome, smallModels } from '../../forecast/testing/homes.ts';
import { expectedLoads, expectedSolar } from './expected.ts';

const models = smallModels();
const home = aHome('a', 70, 1);
const pvWh = home.wh.map(
  (_, at) => Math.max(0, 8 - Math.abs((at % HOURS) - 12)) * (200 + (Math.floor(at / HOURS) % 5) * 30),
);

test.each([0, 1, 9, 17, 23])('at %i h the back-test expects what the home is told: use and generation', (hour) => {
  const now = 66 * HOURS + hour;
  const answer = forecastHome(models, {
    id: 'a',
    firstDate: dateOfDayNumber(home.firstDay),
    wh: [...home.wh.subarray(0, now)],
    pvWh: [...pvWh.subarray(0, now)],
    issuedAt: '',
  });
  expect(answer.status).toBe('ready');
  expect(expectedLoads(models, home, [66, 67])(now).map(Math.round)).toEqual(answer.hours.map(({ meanWh }) => meanWh));
  expect(expectedSolar(pvWh, now).map(Math.round)).toEqual(answer.solar?.map(({ meanWh }) => meanWh));
});
