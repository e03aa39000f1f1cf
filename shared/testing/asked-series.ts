import { isQuantity } from '@hems/models/reading/quantities';
import { spanOf, type Asked } from './asked.ts';
import type { SeriesAsked } from './flat-energy.ts';

/** The series of a device that a call asks for. */
export const seriesOf = (asked: Asked): SeriesAsked => {
  const { quantity = '' } = asked.query;
  return {
    ...spanOf(asked),
    deviceId: asked.params['deviceId'] ?? '',
    quantity: isQuantity(quantity) ? quantity : 'power_w',
    grain: asked.query['grain'] === 'hour' ? 'hour' : '15min',
  };
};
