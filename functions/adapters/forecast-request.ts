import * as z from 'zod';
import { forecastRequest, type ForecastRequest } from '@hems/models/forecast/answer';

/** In front of every engine, so that each refuses the same: throws RangeError, which says what is wrong where. */
export const checkRequest = (request: ForecastRequest): ForecastRequest => {
  const { success, data, error } = z.safeParse(forecastRequest, request);
  if (success) return data;
  const issues = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new RangeError(`the forecast request is refused: ${issues.join('; ')}`);
};
