import type { LocalDate } from '../calendar/seoul.ts';
import type { DiscountCode } from '../tariff/rows/deductions.ts';
import type { RuleCode } from './codes.ts';
import { RULES, type Touches } from './rules.ts';

/** Temperatures of a day outdoors, hundredths of a degree Celsius. */
export type Extremes = { readonly minCdegc: number; readonly maxCdegc: number };
type Wave = 'heat-wave' | 'cold-wave';

/** What is known of the weather of today and tomorrow; null: it is not. */
export type Outlook = {
  readonly alerts: readonly Wave[] | null;
  readonly today: Extremes | null;
  readonly tomorrow: Extremes | null;
};

/** Days on which the Korean service warns: 폭염 from 33 °C, 한파 from a morning of −12 °C, or 10 °C below the day before and at most 3 °C. */
const HEAT_CDEGC = 3300;
const COLD_CDEGC = -1200;
const FALL = { byCdegc: 1000, toCdegc: 300 };
/** Cold waves are called out from October to April; a fall of ten degrees in June is none. */
const COLD_MONTHS = [10, 11, 12, 1, 2, 3, 4];

const monthOf = (date: LocalDate): number => Number(date.slice(5, 7));

const isCold = ({ today, tomorrow }: Outlook, date: LocalDate): boolean => {
  if ([today, tomorrow].some((day) => day && day.minCdegc <= COLD_CDEGC)) return true;
  if (!today || !tomorrow || !COLD_MONTHS.includes(monthOf(date))) return false;
  return today.minCdegc - tomorrow.minCdegc >= FALL.byCdegc && tomorrow.minCdegc <= FALL.toCdegc;
};

/** The wave that is there, or that today or tomorrow reaches the limits of. */
const waveOf = (outlook: Outlook, date: LocalDate): Wave | null => {
  const [called] = outlook.alerts ?? [];
  if (called) return called;
  if ([outlook.today, outlook.tomorrow].some((day) => day && day.maxCdegc >= HEAT_CDEGC)) return 'heat-wave';
  return isCold(outlook, date) ? 'cold-wave' : null;
};

/**
 * Discounts that tell of somebody whom cold or heat may harm (korea.md 1.9). A1 is also for children under three, B3 to B5 for homes that
 * save on heating first: in doubt they are protected. A new code does not compile until it is decided.
 */
const PROTECTS: Readonly<Record<DiscountCode, boolean>> = {
  A1: true,
  A2: true,
  B1: true,
  B2: true,
  B3: true,
  B4: true,
  B5: true,
};
export const isVulnerableBy = (discounts: readonly DiscountCode[]): boolean => discounts.some((code) => PROTECTS[code]);

export type Safeguard = {
  /** for people to read; a wave is named before a home */
  readonly shown: Wave | 'vulnerable-home' | null;
  readonly touches: ReadonlySet<Touches>;
};

/** What each danger forbids to touch. */
const FORBIDS = {
  wave: ['warmth', 'whole-home'],
  'vulnerable-home': ['warmth', 'whole-home', 'always-on'],
  /** a forecast may be hours old, or a day short of the limit at which a wave is called out: only who hears the alerts knows of none */
  'alerts-unknown': ['warmth', 'whole-home'],
} as const satisfies Record<string, readonly Touches[]>;

/** What must not be touched today. */
export const safeguardOf = (
  { isVulnerable, outlook }: { readonly isVulnerable: boolean; readonly outlook: Outlook },
  today: LocalDate,
): Safeguard => {
  const wave = waveOf(outlook, today);
  const dangers = {
    wave: wave !== null,
    'vulnerable-home': isVulnerable,
    'alerts-unknown': outlook.alerts === null,
  };
  const touches = (['wave', 'vulnerable-home', 'alerts-unknown'] as const)
    .filter((danger) => dangers[danger])
    .flatMap((danger): readonly Touches[] => FORBIDS[danger]);
  return { shown: wave ?? (isVulnerable ? 'vulnerable-home' : null), touches: new Set(touches) };
};

export const isGuarded = (rule: RuleCode, { touches }: Safeguard): boolean => touches.has(RULES[rule].touches);
