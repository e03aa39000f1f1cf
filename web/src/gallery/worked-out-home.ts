import { addDays } from '@hems/models/calendar/seoul';
import { TODAY } from '@hems/shared/testing/flat';
import { workOut } from './work-out.ts';

const YESTERDAY = addDays(TODAY, -1);

/** The same for the dashboard. */
export const workedOut = workOut([
  ['readToday'],
  ['readScore'],
  ['readRunningBill'],
  ['readDays', { from: addDays(YESTERDAY, -29), to: YESTERDAY }],
  ['readForecast'],
  ['listAdvice'],
]);
