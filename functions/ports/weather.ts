import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Province } from '@hems/models/household/region';

/** Mean outdoor temperature of a Korean day, hundredths of a degree Celsius. */
export type WeatherDay = {
  readonly date: LocalDate;
  readonly meanCdegc: number;
  /** `measured` by a station, `forecast`, or `simulated` by the embedded adapter */
  readonly kind: 'measured' | 'forecast' | 'simulated';
};

export type WeatherRange = { readonly from: LocalDate; readonly to: LocalDate };

/** The source cannot be asked, or does not answer as agreed. The message says what to do and holds no key. */
export class WeatherUnavailable extends Error {
  override readonly name = 'WeatherUnavailable';
}

/** Weather by province, one place each. Days that the source does not know are absent. Contract suite: `adapters/contract/weather.contract.ts`. */
export type Weather = {
  /** both dates inclusive, ascending; throws `WeatherUnavailable` */
  days(province: Province, range: WeatherRange): Promise<WeatherDay[]>;
};
