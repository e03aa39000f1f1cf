import type { Datum } from './advice-home.ts';
import type { NoteCode } from './codes.ts';
import type { Extremes } from './safeguard.ts';
import { degreesOf, isCertain, type Side, type Slope } from './temperature-slope.ts';
import { mean } from './whole-days.ts';

/** What a home keeps of itself to read a forecast by. */
type WeatherSense = {
  readonly slopes: Readonly<Record<Side, Slope | undefined>>;
  /** daily means of its last days, hundredths of a degree Celsius */
  readonly lastCdegc: readonly number[];
  /** a usual day of the roof, Wh; null: there is none */
  readonly solarWh: number | null;
};
export type Tomorrow = Extremes & {
  readonly meanCdegc: number;
  /** of the hours from nine to four, 0 clear, 1000 overcast */
  readonly cloudPermille: number;
};
type WeatherNote = { readonly code: NoteCode; readonly data: readonly Datum[] };

const HOT_CDEGC = 3000;
const COLD_CDEGC = -500;
const CLOUDY = 700;
const SUNNY = 300;

/** Wh that the home is expected to use more tomorrow than on its last days; none where it does not follow the weather beyond doubt. */
const moreWh = ({ slopes, lastCdegc }: WeatherSense, side: Side, { meanCdegc }: Tomorrow): Datum[] => {
  const slope = slopes[side];
  if (!slope || !isCertain(slope) || lastCdegc.length === 0) return [];
  const lately = mean(lastCdegc.map((cdegc) => degreesOf(side, slope.balanceCdegc, cdegc)));
  const wh = Math.round(slope.whPerDegree * (degreesOf(side, slope.balanceCdegc, meanCdegc) - lately));
  return wh > 0 ? [{ name: 'more', value: wh, unit: 'Wh' }] : [];
};

/** What tomorrow's weather means for this home. */
export const weatherNotes = (sense: WeatherSense, tomorrow: Tomorrow): WeatherNote[] => {
  const notes: WeatherNote[] = [];
  const { minCdegc, maxCdegc, cloudPermille } = tomorrow;
  if (maxCdegc >= HOT_CDEGC)
    notes.push({
      code: 'hot-tomorrow',
      data: [{ name: 'warmest', value: maxCdegc, unit: 'cdegc' }, ...moreWh(sense, 'cooling', tomorrow)],
    });
  if (minCdegc <= COLD_CDEGC)
    notes.push({
      code: 'cold-tomorrow',
      data: [{ name: 'coldest', value: minCdegc, unit: 'cdegc' }, ...moreWh(sense, 'heating', tomorrow)],
    });
  if (sense.solarWh !== null && (cloudPermille >= CLOUDY || cloudPermille <= SUNNY))
    notes.push({
      code: cloudPermille >= CLOUDY ? 'cloudy-tomorrow' : 'sunny-tomorrow',
      data: [
        { name: 'cloud', value: cloudPermille, unit: 'permille' },
        { name: 'usualSolar', value: sense.solarWh, unit: 'Wh' },
      ],
    });
  return notes;
};
