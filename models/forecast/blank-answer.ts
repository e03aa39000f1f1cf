import type { ForecastAnswer, ForecastRequest } from './answer.ts';

/** What is refused or cannot be known has no numbers. */
export const blankAnswer = (
  { id, issuedAt }: ForecastRequest,
  { modelVersion, status }: Pick<ForecastAnswer, 'modelVersion' | 'status'>,
): ForecastAnswer => ({
  id,
  issuedAt,
  modelVersion,
  status,
  pInterval: 0.8,
  hours: [],
  today: null,
  tomorrow: null,
  days: [],
  solar: null,
  month: null,
  scorecard: null,
  notices: [],
});
