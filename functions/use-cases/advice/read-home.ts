import type { AdviceDay, AdviceHome, AdvicePlug, PeriodAhead } from '@hems/models/advice/advice-home';
import { plugHours } from '@hems/models/advice/plug-hours';
import { addDays, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { supplyOn, type SupplyRows } from '@hems/models/household/supply-history';
import type { RunningBill } from '@hems/shared/api/bill';
import { readRunningBill } from '../read-running-bill.ts';
import { Refused } from '../refusal.ts';
import { readAutomation } from '../stores/automations.ts';
import { readDays } from '../stores/days.ts';
import { readHours } from '../stores/hours.ts';
import { listDevices, readProfile, type Device, type Profile } from '../stores/households.ts';
import { readSamples } from '../stores/slots.ts';
import { readSupplies } from '../stores/supplies.ts';
import { tariffRegionOf } from '../tariff-region.ts';
import { weatherDays } from '../weather-days.ts';
import type { AdviceDeps } from './deps.ts';

/** What the suggestions of a home rest on beside its days: small items, read at every look. */
export type Premises = {
  readonly householdId: string;
  readonly today: LocalDate;
  readonly profile: Profile;
  readonly rows: SupplyRows;
  /** in service */
  readonly devices: readonly Device[];
  readonly automationIsOn: boolean;
};

export const readPremises = async (
  { table }: Pick<AdviceDeps, 'table'>,
  householdId: string,
  today: LocalDate,
): Promise<Premises> => {
  const [profile, { rows }, devices, automation] = await Promise.all([
    readProfile(table, householdId),
    readSupplies(table, householdId),
    listDevices(table, householdId),
    readAutomation(table, householdId),
  ]);
  if (!profile) throw new Refused('not-found', 'this household does not exist any more');
  const inService = devices.filter(({ status }) => status === 'active');
  return { householdId, today, profile, rows, devices: inService, automationIsOn: automation.settings.isOn };
};

const YEAR_DAYS = 365;
const PLUG_DAYS = 7;
/** Each is a week of quarter hours to read. */
const MOST_PLUGS = 6;

const readOwnDays = async ({ table }: AdviceDeps, { householdId, today }: Premises): Promise<AdviceDay[]> => {
  const range = [addDays(today, -YEAR_DAYS), addDays(today, -1)] as const;
  const [hours, items] = await Promise.all([readHours(table, householdId, range), readDays(table, householdId, range)]);
  const whole = new Map(items.map((day) => [day.date, day]));
  return hours.map((day) => ({
    ...day,
    exportWh: whole.get(day.date)?.exportWh ?? null,
    fromBatteryWh: whole.get(day.date)?.fromBatteryWh ?? null,
  }));
};

const readPlugs = ({ table }: AdviceDeps, { householdId, today, devices }: Premises): Promise<AdvicePlug[]> => {
  const span = { fromMs: dayStart(addDays(today, -PLUG_DAYS)), toMs: dayStart(today) };
  const plugs = devices.filter(({ kind }) => kind === 'smart_plug').slice(0, MOST_PLUGS);
  return Promise.all(
    plugs.map(async ({ deviceId, kind }) => {
      const samples = await readSamples(table, { householdId, deviceId }, span);
      return { deviceId, hoursWh: plugHours({ deviceId, kind, retired: false, samples }, span) };
    }),
  );
};

type Billing = Pick<AdviceHome, 'period' | 'carriedKwh'>;
const periodOf = ({ period, tierBar }: RunningBill): PeriodAhead | null => {
  if (!tierBar?.projectedKwh) return null;
  const { low, middle } = tierBar.projectedKwh;
  return {
    from: period.from,
    to: period.to,
    usedKwh: tierBar.usedKwh,
    lowKwh: low,
    middleKwh: middle,
    tierLimitsKwh: tierBar.tiers.flatMap(({ toKwh }) => toKwh ?? []),
  };
};

/** As the running bill tells it, so that both say the same; null where it tells nothing. */
const readBilling = async (deps: AdviceDeps, householdId: string): Promise<Billing> => {
  try {
    const running = await readRunningBill(deps, { householdId });
    const { toDate } = running;
    const carriedKwh = toDate.status === 'priced' ? toDate.netMetering?.carriedInKwh : undefined;
    return { period: periodOf(running), carriedKwh: carriedKwh ?? null };
  } catch (error) {
    // nothing is billed today: a home that has not moved in, or has moved out
    if (error instanceof Refused) return { period: null, carriedKwh: null };
    throw error;
  }
};

const readTemperatures = async (
  deps: AdviceDeps,
  { profile: { region }, today }: Premises,
): Promise<ReadonlyMap<LocalDate, number>> => {
  if (region === undefined) return new Map();
  const { days } = await weatherDays(deps, region, { from: addDays(today, -YEAR_DAYS), to: addDays(today, -1) });
  return new Map(days.map(({ date, meanCdegc }) => [date, meanCdegc]));
};

/** All that the rules look at. */
export const readHome = async (deps: AdviceDeps, premises: Premises): Promise<AdviceHome> => {
  const { householdId, today, profile, rows, devices, automationIsOn } = premises;
  const { supply, assumed } = supplyOn(rows, today);
  const [days, plugs, meanCdegc, billing] = await Promise.all([
    readOwnDays(deps, premises),
    readPlugs(deps, premises),
    readTemperatures(deps, premises),
    readBilling(deps, householdId),
  ]);
  return {
    today,
    days,
    meanCdegc,
    contract: { ...supply, region: tariffRegionOf(profile.region) },
    contractAssumed: assumed,
    kinds: new Set(devices.map(({ kind }) => kind)),
    plugs,
    automationIsOn,
    ...billing,
  };
};
