import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { datesBetween } from '../day/open-days.ts';
import { readingPeriod } from '../tariff/reading-period.ts';
import { supplyBill, type Contract } from '../tariff/supply-bill.ts';
import { bandOf } from '../tariff/time-bands.ts';
import type { Region } from '../tariff/rows/time-of-use.ts';
import type { AdviceHome, WonRange } from './advice-home.ts';
import { USE_LEVELS } from './month.ts';
import { sum, wholeDays, type WholeDay } from './whole-days.ts';

const PERIODS = 12;
/** A period counts when so much of it is known; what lacks is filled by its own mean day. */
const KNOWN_SHARE = 0.8;
/** A home's contract is 3 kW at least (korea.md 1.10). */
const LEAST_KW = 3;

type BandWh = { readonly off: number; readonly mid: number; readonly peak: number };
/** A billing period and what a mean day of it draws by band; undefined: too little is known, or no hours of bands are. */
type OwnPeriod = { readonly from: LocalDate; readonly to: LocalDate; readonly bandWh: BandWh | undefined };

const bandsOf = (days: readonly WholeDay[], region: Region, length: number): BandWh | undefined => {
  if (days.length < KNOWN_SHARE * length) return undefined;
  const bandWh = { off: 0, mid: 0, peak: 0 };
  for (const { date, importWh } of days)
    for (const [hour, wh] of importWh.entries()) {
      const band = bandOf(region, date, hour);
      if (band === undefined) return undefined;
      bandWh[band] += wh;
    }
  const whole = (wh: number): number => (wh * length) / days.length;
  return { off: whole(bandWh.off), mid: whole(bandWh.mid), peak: whole(bandWh.peak) };
};

/** The last twelve whole billing periods, latest first. */
const lastPeriods = ({ today, contract }: AdviceHome, known: readonly WholeDay[], region: Region): OwnPeriod[] => {
  const periods: OwnPeriod[] = [];
  let end = addDays(readingPeriod(today, contract.readingDay).from, -1);
  for (let i = 0; i < PERIODS; i++) {
    const { from, to } = readingPeriod(end, contract.readingDay);
    const own = known.filter(({ date }) => from <= date && date <= to);
    periods.push({ from, to, bandWh: bandsOf(own, region, datesBetween(from, to).length) });
    end = addDays(from, -1);
  }
  return periods;
};

const billOf = (contract: Contract, { from, to, bandWh }: OwnPeriod, level: number): number | undefined => {
  if (!bandWh) return undefined;
  const at = (wh: number): number => Math.round(level * wh);
  const bands = { off: at(bandWh.off), mid: at(bandWh.mid), peak: at(bandWh.peak) };
  const use = { importWh: bands.off + bands.mid + bands.peak, exportWh: 0, carriedKwh: 0, bandWh: bands };
  const bill = supplyBill(contract, { from, to }, use);
  return bill.status === 'priced' ? bill.won.bill : undefined;
};

/** What the twelve periods came to at each level of use. Undefined where one of them cannot be billed so. */
const yearOf = (contract: Contract, periods: readonly OwnPeriod[]): number[] | undefined => {
  const years = USE_LEVELS.map((level) => periods.map((period) => billOf(contract, period, level)));
  const known = years.map((bills) => bills.filter((won) => won !== undefined));
  return known.every(({ length }) => length === PERIODS) ? known.map(sum) : undefined;
};

/** The other plans the home may choose. On the mainland time-of-use is for certified heat pumps only, of which nothing is known here. */
const others = ({ contract, days, today }: AdviceHome): Contract[] => {
  if (contract.plan.plan === 'tou') return [{ ...contract, plan: { plan: 'progressive' } }];
  if (contract.region !== 'jeju') return [];
  const most = wholeDays({ days, today }, 365).reduce((kw, { importWh }) => Math.max(kw, ...importWh), 0) / 1000;
  const least = Math.max(LEAST_KW, Math.ceil(most));
  return [least, least + 1].map((contractKw) => ({ ...contract, plan: { plan: 'tou', contractKw } }));
};

/** Won a month that another plan would have saved over the own last year: the least and the most of its ways. */
export const contractGain = (home: AdviceHome): WonRange | undefined => {
  const candidates = others(home);
  const { region } = home.contract;
  if (candidates.length === 0 || region === undefined) return undefined;
  const periods = lastPeriods(home, wholeDays(home, 400), region);
  const now = yearOf(home.contract, periods);
  const then = candidates.map((contract) => yearOf(contract, periods));
  if (!now || then.some((year) => !year)) return undefined;
  const saved = then.flatMap((year) => (year ?? []).map((won, level) => ((now[level] ?? 0) - won) / PERIODS));
  const low = Math.max(0, Math.floor(Math.min(...saved)));
  return { low, high: Math.max(low, Math.floor(Math.max(...saved))) };
};
