import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { eligibilityOf, versionFor, type Programme } from '@hems/models/incentive/programme';
import { ALL_PROGRAMMES } from '@hems/models/incentive/programmes';
import { reasonsOf } from '@hems/models/incentive/reward';
import type { ProgrammeView } from '@hems/shared/api/programmes';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { factsOf, knownFacts, type Knowledge } from './facts.ts';
import { readKnowledge } from './read-knowledge.ts';

const versionOn = (programme: Programme<unknown>, today: LocalDate): ProgrammeView['version'] => {
  const version = versionFor(programme, today, today);
  if ('status' in version) return null;
  const { id, effectiveFrom, effectiveTo, source, confidence } = version;
  return { id, effectiveFrom, effectiveTo, source, confidence, provisional: [...reasonsOf(version)] };
};

const viewOf = (programme: Programme<unknown>, knowledge: Knowledge, granted: boolean): ProgrammeView => {
  const enrolment = knowledge.enrolments.find((one) => one.programme === programme.id);
  const facts = factsOf(enrolment?.answers ?? {}, knownFacts(knowledge, programme));
  return {
    programme: programme.id,
    payer: programme.payer,
    unit: programme.unit,
    period: programme.period,
    version: versionOn(programme, knowledge.today),
    conditions: programme.eligibility.map((condition) => ({ condition, met: facts[condition] ?? null })),
    eligible: eligibilityOf(programme, facts).eligible,
    consent: programme.consent && { purpose: programme.consent, granted },
    enrolment: enrolment ?? null,
  };
};

/** Every programme, and how the household stands in it. */
export const readProgrammes = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  householdId: string,
): Promise<ProgrammeView[]> => {
  const [knowledge, granted] = await Promise.all([
    readKnowledge(table, householdId, localDate(clock.now())),
    hasConsent(table, householdId, 'government'),
  ]);
  return ALL_PROGRAMMES.map((programme) => viewOf(programme, knowledge, granted));
};
