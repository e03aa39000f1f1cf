import { addDays, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import type { HomeDay } from '@hems/models/testing/home-days';
import { homeDays } from '@hems/models/testing/home-days';
import { aHome, type Home } from '@hems/models/testing/home';
import { opaqueId } from '@hems/models/testing/random';
import { COMMUNITY_TEXT_VERSION } from '@hems/shared/api/community';
import type { Enrolment } from '@hems/shared/api/programmes';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { ReadingMessage } from '@hems/shared/events/telemetry';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Table } from '../../ports/table.ts';
import { aggregateHousehold } from '../../use-cases/aggregate-household.ts';
import { importDays } from '../../use-cases/import-days.ts';
import { demoAgreement } from '../demo/demo-home.ts';
import { segmentOf, membershipsPut } from '../../use-cases/stores/community.ts';
import { enrolmentPut } from '../../use-cases/stores/enrolments.ts';
import { putDevice, putProfile } from '../../use-cases/stores/households.ts';
import { slotKey, slotPut } from '../../use-cases/stores/slots.ts';
import { putSupplies } from '../../use-cases/stores/supplies.ts';

/** The night on which October closes: the heaviest of its month. */
export const BENCH_DATE: LocalDate = '2026-10-31';
/** 00:20 of the day after. */
export const BENCH_NOW_MS = dayStart(addDays(BENCH_DATE, 1)) + 20 * 60_000;

/** 60 days, the weeks of the year before that the community compares with, and the month two years before that cashback rests on. */
const LATELY = ['2026-09-02', BENCH_DATE] as const;
const YEAR_BEFORE = ['2025-09-25', '2025-11-08'] as const;
const TWO_YEARS_BEFORE = ['2024-10-01', '2024-11-01'] as const;

const METER = 'meter';
const TEMPLATES = 24;
const REGIONS = 25;

type Template = { readonly householdId: string; readonly home: Home };
const templateOf = (number: number): Template => ({
  householdId: `template-${number}`,
  home: aHome(900 + number, { solarKwp: 0, batteryWh: 0 }),
});

const clockAt = (ms: number) => ({ now: () => ms });

const daysOf = (home: Home, [from, to]: readonly [LocalDate, LocalDate]): HomeDay[] => [...homeDays(home, from, to)];

/** The day itself: the meter's register once an hour, from midnight to midnight. */
const putHours = async (table: Table, { householdId, home }: Template): Promise<void> => {
  const [day] = daysOf(home, [BENCH_DATE, addDays(BENCH_DATE, 1)]);
  const hourWh = Math.round((day?.importWh ?? 0) / 24);
  const first = dayStart(BENCH_DATE);
  const puts = Array.from({ length: 25 }, (_, hour) => {
    const ts = first + hour * HOUR_MS;
    const quantities = { power_w: hourWh, energy_import_wh: 1_000_000 + hour * hourWh };
    const value = [{ ts, boot: 1, seq: hour + 1, q: 0, quantities }];
    return { put: slotPut(slotKey(householdId, METER, ts), { value, version: 0 }) };
  });
  await table.transact(puts);
};

/** A home as it stands before the run: its history with all figures made, its readings of the day stored. */
const putTemplate = async (table: Table, number: number): Promise<void> => {
  const template = templateOf(number);
  const { householdId, home } = template;
  await putProfile(table, {
    householdId,
    telemetryId: `t-${householdId}`,
    buildingType: 'apartment',
    areaM2: home.areaM2,
    people: home.people,
  });
  await putDevice(table, householdId, {
    deviceId: METER,
    kind: 'smart_meter',
    name: METER,
    gateway: `g-${householdId}`,
    status: 'active',
  });
  if (number % 2 === 0)
    await putSupplies(table, householdId, {
      rows: [{ from: TWO_YEARS_BEFORE[0], supply: { ...ASSUMED_SUPPLY, voltage: 'high' } }],
      version: 0,
    });
  const days = [TWO_YEARS_BEFORE, YEAR_BEFORE, LATELY].flatMap((range) => daysOf(home, range));
  const totals = days.map((day) => ({ ...day, quality: 'good' as const, source: 'imported' as const }));
  await importDays({ table, clock: clockAt(BENCH_NOW_MS - 24 * HOUR_MS) }, householdId, totals);
  await aggregateHousehold(
    { table, clock: clockAt(BENCH_NOW_MS - 24 * HOUR_MS) },
    { householdId, date: addDays(BENCH_DATE, -1) },
  );
  await putHours(table, template);
};

const isEnrolled = (number: number): boolean => number % 3 === 0;
const hasJoined = (number: number): boolean => number % 2 === 0;

const telemetryIdOf = (number: number): string => opaqueId('bench telemetry', number);

/** The first reading of a home's meter after its run, as its gateway sends it. */
export const benchReading = (number: number): RuleEvent => {
  const reading: ReadingMessage = {
    v: 1,
    boot: 2,
    device_id: METER,
    kind: 'smart_meter',
    ts: BENCH_NOW_MS,
    seq: 1,
    q: 0,
    power_w: 420,
    voltage_mv: 221_000,
    current_ma: 2000,
    power_factor_permille: 950,
    energy_import_wh: 1_100_000,
    energy_export_wh: 0,
  };
  return {
    payload: Buffer.from(JSON.stringify(reading)).toString('base64'),
    channel: 'reading',
    household: telemetryIdOf(number),
    gateway: `g-template-${number % TEMPLATES}`,
    received: BENCH_NOW_MS,
    correlation: `bench-reading-${number}`,
  };
};

/** What differs between homes that are copied from one template. */
const putOwn = async (table: Table, number: number): Promise<void> => {
  const householdId = opaqueId('bench', number);
  const region = `구 ${number % REGIONS}`;
  const { home } = templateOf(number % TEMPLATES);
  await putProfile(table, {
    householdId,
    telemetryId: telemetryIdOf(number),
    buildingType: 'apartment',
    region,
    areaM2: home.areaM2,
    people: home.people,
  });
  const agreements = isEnrolled(number) ? (['analysis', 'government'] as const) : (['analysis'] as const);
  for (const purpose of agreements) await table.put(demoAgreement(householdId, purpose, dayStart('2026-09-01')));
  if (isEnrolled(number)) await table.put(enrolmentPut(householdId, CASHBACK, 0));
  if (!hasJoined(number)) return;
  const segment = segmentOf({ region, buildingType: 'apartment' });
  const memberships = [
    {
      memberId: opaqueId('bench member', number),
      textVersion: COMMUNITY_TEXT_VERSION,
      joinedOn: '2026-09-05',
      leftOn: null,
      joined: { atMs: dayStart('2026-09-05'), personId: 'bench' },
      left: null,
      segment,
    },
  ];
  await table.put(membershipsPut(householdId, { memberships, version: 0 }));
};

const CASHBACK: Enrolment = {
  programme: 'energy-cashback',
  state: 'approved',
  from: '2026-09-01',
  withdrawnOn: null,
  answers: {},
  history: [
    { state: 'applied', on: '2026-09-01' },
    { state: 'approved', on: '2026-09-03' },
  ],
};

/** Rows of a template under another household; the older history only for homes that need it. */
const copierOf = (database: Database) => {
  const copy = (table: string, condition: string) =>
    database.prepare(
      `INSERT INTO ${table} (pk, sk, version, data, expires_at)
       SELECT ?, sk, version, data, expires_at FROM ${table} WHERE pk = ? AND ${condition}`,
    );
  const homes = copy('homes', `(sk = 'SUPPLY' OR sk LIKE 'DEVICE#%')`);
  const lately = copy('energy', `sk NOT BETWEEN 'DAY#2024' AND 'DAY#2026'`);
  const yearBefore = copy('energy', `sk BETWEEN 'DAY#2025' AND 'DAY#2026'`);
  const twoYearsBefore = copy('energy', `sk BETWEEN 'DAY#2024' AND 'DAY#2025'`);
  return (number: number): void => {
    const [to, from] = [`H#${opaqueId('bench', number)}`, `H#template-${number % TEMPLATES}`];
    homes.run(to, from);
    lately.run(to, from);
    if (hasJoined(number) || isEnrolled(number)) yearBefore.run(to, from);
    if (isEnrolled(number)) twoYearsBefore.run(to, from);
  };
};

const removeTemplates = (database: Database): void => {
  for (const table of ['homes', 'energy'])
    database.exec(`DELETE FROM ${table} WHERE pk LIKE 'H#template-%' OR pk LIKE 'T#t-template-%'`);
};

const AT_A_TIME = 500;

/** Fills a new database file with households: one in three takes part in the cashback, one in two in the community. */
export const makeHomes = async (file: string, households: number): Promise<void> => {
  const database = openDatabase(file);
  // it is made once and thrown away
  database.exec('PRAGMA synchronous = OFF');
  const table = sqliteTable({ database, clock: clockAt(BENCH_NOW_MS) });
  for (let number = 0; number < TEMPLATES; number++) await putTemplate(table, number);
  const copy = copierOf(database);
  for (let from = 0; from < households; from += AT_A_TIME) {
    const some = Array.from({ length: Math.min(AT_A_TIME, households - from) }, (_, n) => from + n);
    await database.commit(() => some.forEach(copy));
    await Promise.all(some.map(async (number) => await putOwn(table, number)));
  }
  removeTemplates(database);
  await database.close();
};
