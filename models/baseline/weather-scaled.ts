import type { LocalDate } from '../calendar/seoul.ts';
import { noBaseline, withConfidence, type Baseline, type NoBaseline } from './baseline.ts';
import { asNumber, times } from './exact-wh.ts';
import { around } from './interval.ts';
import type { SimilarDayMethod } from './methods.ts';
import { expectedOn, type WeatherModel } from './regression.ts';
import { similarDayBaseline, type SimilarDayCase } from './similar-days.ts';

/** A mean of similar days, times what the home's weather regression expects of the day over what it expects of those days. */
export type WeatherScaledMethod = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly of: SimilarDayMethod;
};

export type HomeWeather = {
  readonly model: WeatherModel;
  /** daily mean, hundredths of a degree Celsius; undefined: not known */
  readonly meanCdegc: (date: LocalDate) => number | undefined;
};

/** Refused without the temperature of the day or of one of the days it rests on. The model and the temperatures are the caller's evidence. */
export const weatherScaledBaseline = (
  method: WeatherScaledMethod,
  event: SimilarDayCase,
  { model, meanCdegc }: HomeWeather,
): Baseline | NoBaseline => {
  const base = similarDayBaseline(method.of, event);
  if (base.status === 'refused') return { ...base, method: method.id, version: method.version };
  const dates = base.evidence.filter(({ fate }) => fate === 'used').map(({ period }) => period);
  const temperatures = [event.eventDate, ...dates].map(meanCdegc);
  const known = temperatures.filter((temperature) => temperature !== undefined);
  if (known.length < temperatures.length)
    return noBaseline(
      method,
      'no-temperature',
      `the temperature of ${temperatures.length - known.length} of ${temperatures.length} days is not known`,
    );
  const [own = 0, ...others] = known.map((temperature) => Math.round(expectedOn(model, temperature)));
  const expected = times(
    base.expected,
    own * others.length,
    others.reduce((sum, wh) => sum + wh, 0),
  );
  const halfWidth = base.interval && base.interval.highWh - asNumber(base.expected);
  const widened = halfWidth && (halfWidth * asNumber(expected)) / (asNumber(base.expected) || 1);
  return {
    ...base,
    method: method.id,
    version: method.version,
    expected,
    interval: withConfidence(around(asNumber(expected), widened)),
  };
};
