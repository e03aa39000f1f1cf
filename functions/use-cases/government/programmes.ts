import * as z from 'zod';
import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { versionFor, type Programme } from '@hems/models/incentive/programme';
import type { listProgrammes } from '@hems/shared/partner-api/programmes';
import type { Clock } from '../../ports/clock.ts';
import type { Partner } from '../stores/partners.ts';
import { requireOffice } from './office.ts';

type Answer = z.infer<typeof listProgrammes.answer>;

const rule = z.record(z.string(), z.unknown());

const view = (programme: Programme<unknown>, today: LocalDate): Answer['programmes'][number] => {
  const now = versionFor(programme, today, today);
  return {
    programme: programme.id,
    payer: programme.payer,
    unit: programme.unit,
    period: programme.period,
    conditions: [...programme.eligibility],
    inForce: 'status' in now ? null : now.id,
    versions: programme.versions.map((one) => ({
      id: one.id,
      effectiveFrom: one.effectiveFrom,
      effectiveTo: one.effectiveTo,
      source: one.source,
      confidence: one.confidence,
      provisional: one.provisional ?? null,
      rule: rule.parse(one.rule),
    })),
  };
};

/** The programmes that a partner is the office or the payer of. */
export const listOwnProgrammes = ({ clock }: { readonly clock: Clock }, partner: Partner): Answer => {
  const today = localDate(clock.now());
  return { programmes: (partner.programmes ?? []).map((id) => view(requireOffice(partner, id), today)) };
};
