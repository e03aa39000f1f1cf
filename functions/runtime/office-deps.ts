import type { SettlementDeps } from '../use-cases/government/close-settlement.ts';
import type { OfficeDeps } from '../use-cases/government/office.ts';
import { tellPartner, type Tell } from '../use-cases/webhooks/tell-partner.ts';
import { ids, keys, signer } from './ports.ts';
import { accessDeps } from './staff-access.ts';
import { tellDeps } from './webhook-deps.ts';

/** What showing households to an office works with. */
export const officeDeps = async (): Promise<OfficeDeps> => ({
  ...(await accessDeps()),
  keys: await keys(),
  ids: await ids(),
});

export const tell = async (what: Tell): Promise<unknown> => tellPartner(await tellDeps(), what);

export const settlementDeps = async (): Promise<SettlementDeps> => ({
  ...(await officeDeps()),
  signer: await signer(),
  tell,
});
