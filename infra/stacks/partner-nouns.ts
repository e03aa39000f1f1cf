import type { PartnerNoun } from '@hems/shared/partner-api/contract';
import type { NounGrants } from './api-nouns.ts';

export type PartnerNounGrants = Pick<NounGrants, 'tables' | 'personal' | 'says'> & {
  /** ends the sentence "partners …" of the alarm */
  readonly partners: string;
  /** may leave calls in the queue of webhooks */
  readonly tells?: true;
  /** may delete what is the partner's own */
  readonly forgets?: true;
  /** may vouch for settlement files */
  readonly vouches?: true;
};

/**
 * What the function of each noun may touch beside what admission reads and remembers (`operations`): read off its use cases, and no more.
 * One that reads of a household writes the access log, which is items of `homes`, and says on the bus what its last entry is.
 */
export const PARTNER_NOUNS: Record<PartnerNoun, PartnerNounGrants> = {
  // homes of a building by the blind index of its address; their hours and plans
  sites: { partners: 'cannot send what their buildings use, or see it.', tables: { homes: 'read', energy: 'read' } },
  // homes of a building, their quarter hours, and the access log of each
  greenbutton: {
    partners: 'cannot read what homes that agree use (Green Button).',
    tables: { homes: 'readWrite', energy: 'read' },
    personal: ['find'],
    says: true,
  },
  sandbox: { partners: 'cannot try things out in their sandbox.', tables: {}, tells: true },
  self: { partners: 'cannot see who the platform takes them for.', tables: {} },
  programmes: { partners: 'cannot read the rules of their programmes.', tables: {} },
  // other offices of the programme are told of a decision, by the queue of webhooks
  applications: {
    tells: true,
    partners: 'cannot see or decide on applications.',
    // who is approved is invited to what is coming, and its rule may ask what that would earn
    tables: { homes: 'readWrite', energy: 'read', ledger: 'readWrite' },
    personal: ['find'],
    says: true,
  },
  savings: {
    partners: 'cannot read verified savings.',
    tables: { homes: 'readWrite', ledger: 'read' },
    personal: ['find'],
    says: true,
  },
  aggregates: { partners: 'cannot read what is published of regions.', tables: {} },
  settlements: {
    tells: true,
    forgets: true,
    vouches: true,
    partners: 'cannot make or fetch settlement files.',
    tables: { homes: 'readWrite', ledger: 'readWrite' },
    personal: ['find'],
    says: true,
  },
  disputes: {
    partners: 'cannot dispute lines of settlement files.',
    tables: { homes: 'readWrite', ledger: 'readWrite' },
    personal: ['open', 'find'],
    says: true,
  },
  // posts the challenge to the partner's address
  webhooks: {
    partners: 'cannot manage or replay their webhooks; deliveries go on.',
    tables: {},
    personal: ['open', 'make'],
    tells: true,
    forgets: true,
  },
};
