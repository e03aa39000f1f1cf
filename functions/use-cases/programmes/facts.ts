import type { LocalDate } from '@hems/models/calendar/seoul';
import { isOver } from '@hems/models/incentive/enrolment';
import { versionFor, type Condition, type Facts, type Programme } from '@hems/models/incentive/programme';
import { programmeOf } from '@hems/models/incentive/programmes';
import type { Enrolment } from '@hems/shared/api/programmes';
import { provinceOf } from '@hems/models/household/region';
import type { Device } from '../stores/households.ts';

/** What this platform knows of a condition by itself, and why. */
type Fact = { readonly met: boolean; readonly because: string };
export type Known = Partial<Readonly<Record<Condition, Fact>>>;

export type Knowledge = {
  readonly devices: readonly Device[];
  readonly region: string | undefined;
  readonly enrolments: readonly Enrolment[];
  readonly today: LocalDate;
};

const ofMeter = ({ devices }: Knowledge): Known =>
  devices.some(({ kind, status }) => kind === 'smart_meter' && status === 'active')
    ? { 'hourly-meter': { met: true, because: 'a meter of the home tells every quarter hour' } }
    : {};

const ofRegion = ({ region }: Knowledge): Known => {
  const province = region === undefined ? undefined : provinceOf(region);
  return province ? { 'lives-outside-seoul': { met: province !== 'seoul', because: `the home is in ${region}` } } : {};
};

const isOfUtility = (id: string, today: LocalDate): boolean => {
  const programme = programmeOf(id);
  return programme?.payer === 'utility' && !('status' in versionFor(programme, today, today));
};

/** That it is in none cannot be known here: the utility has others, and they are joined elsewhere. */
const ofOthers = ({ enrolments, today }: Knowledge, { id }: Programme<unknown>): Known => {
  const other = enrolments.find(
    ({ programme, state }) => programme !== id && !isOver(state) && isOfUtility(programme, today),
  );
  if (!other) return {};
  const because = `the household has joined or applied for ${other.programme}`;
  return { 'in-no-other-utility-programme': { met: false, because } };
};

/** The conditions of a programme that this platform answers by itself. */
export const knownFacts = (knowledge: Knowledge, programme: Programme<unknown>): Known => ({
  ...ofMeter(knowledge),
  ...ofRegion(knowledge),
  ...ofOthers(knowledge, programme),
});

/** What was answered, and what is known whatever was answered. */
export const factsOf = (answers: Facts, known: Known): Facts => ({
  ...answers,
  ...Object.fromEntries(Object.entries(known).map(([condition, { met }]) => [condition, met])),
});
