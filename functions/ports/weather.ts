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

/** What is expected of an hour outdoors. */
export type WeatherHour = {
  /** epoch ms, a full hour */
  readonly startMs: number;
  readonly temperatureCdegc: number;
  /** of the sky: 0 clear, 1000 overcast */
  readonly cloudPermille: number;
  readonly kind: 'forecast' | 'simulated';
};

export type TimeRange = { readonly fromMs: number; readonly toMs: number };

/** A heat or cold wave that the weather service has called out and not lifted 폭염·한파 특보. */
export type WeatherAlert = {
  readonly kind: 'heat-wave' | 'cold-wave';
  /** 주의보, 경보 */
  readonly level: 'advisory' | 'warning';
};

/** The source cannot be asked, or does not answer as agreed. The message says what to do and holds no key. */
export class WeatherUnavailable extends Error {
  override readonly name = 'WeatherUnavailable';
}

/** Weather by province, one place each. Contract suite: `adapters/contract/weather.contract.ts`. Everything throws `WeatherUnavailable`. */
export type Weather = {
  /** both dates inclusive, ascending; days that the source does not know are absent */
  days(province: Province, range: WeatherRange): Promise<WeatherDay[]>;
  /** coming hours that begin in the range, ascending; those beyond the forecast are absent, and past ones where the source keeps none */
  hours(province: Province, range: TimeRange): Promise<WeatherHour[]>;
  /** in force now, by province; one that holds in a part of it holds in the whole */
  alerts(): Promise<ReadonlyMap<Province, readonly WeatherAlert[]>>;
};
