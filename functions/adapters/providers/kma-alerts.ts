import * as z from 'zod';
import { PROVINCES, provinceOf, type Province } from '@hems/models/household/region';
import { WeatherUnavailable, type WeatherAlert } from '../../ports/weather.ts';
import { parsed } from './kma-forecast.ts';
import { kmaRows, type KmaDeps } from './kma-request.ts';

/** What is in force over the whole country 특보현황, one answer of free text. */

const STATUS = 'WthrWrnInfoService/getPwnStatus';

/** `t6`: what is in force, a line for each, "o 폭염경보 : 충청남도(공주, 아산), 전라남도". The newest answer first. */
const statusRow = z.object({ tmFc: z.union([z.string(), z.number()]).transform(String), t6: z.string().default('') });

const KINDS: Readonly<Record<string, WeatherAlert['kind']>> = { 폭염: 'heat-wave', 한파: 'cold-wave' };
const LEVELS: Readonly<Record<string, WeatherAlert['level']>> = { 주의보: 'advisory', 경보: 'warning' };
const LINE = /(폭염|한파)(?:중대)?(주의보|경보)\s*:\s*([^:]*?)(?=(?:[\r\n]|\s[o○]\s)|$)/gu;

/** Areas within a province stand in brackets behind it; islands that are named by themselves are in none of ours. */
const provincesIn = (areas: string): Province[] =>
  areas
    .replaceAll(/\([^)]*\)/gu, '')
    .split(',')
    .flatMap((area) => provinceOf(area.trim()) ?? []);

/** Whatever is called out, in a line that can be read or not. */
const CALLED_OUT = /(?:폭염|한파)(?:중대)?(?:주의보|경보)/gu;

/**
 * The heat and cold waves in a status text. A part of a province under one stands for the whole: it protects too many rather than too
 * few. Throws where one is named and cannot be read: silence would say that there is none.
 */
const alertsIn = (text: string): Map<Province, WeatherAlert[]> => {
  const lines = [...text.matchAll(LINE)];
  if (lines.length !== [...text.matchAll(CALLED_OUT)].length)
    throw new WeatherUnavailable(`KMA ${STATUS}: a heat or cold wave is named in a form that is not known: ${text}`);
  const found = lines.flatMap(([, kindName = '', levelName = '', areas = '']) => {
    const [kind, level] = [KINDS[kindName], LEVELS[levelName]];
    return kind && level ? provincesIn(areas).map((province) => ({ province, alert: { kind, level } })) : [];
  });
  return new Map(
    PROVINCES.map((province) => [province, found.filter((one) => one.province === province).map(({ alert }) => alert)]),
  );
};

export const kmaAlerts = async (deps: KmaDeps): Promise<Map<Province, WeatherAlert[]>> => {
  const rows = parsed(await kmaRows(deps, STATUS, {}), { row: statusRow, operation: STATUS });
  const [newest] = rows.toSorted((a, b) => b.tmFc.localeCompare(a.tmFc));
  return alertsIn(newest?.t6 ?? '');
};
