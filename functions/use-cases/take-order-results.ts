import type { KeptOut } from '@hems/models/reading/kept-out';
import type { RuleEvent } from '@hems/shared/events/rules';
import { commandResult } from '@hems/shared/events/commands';
import type { Pause } from '../ports/pause.ts';
import type { Table } from '../ports/table.ts';
import type { Directory } from './directory.ts';
import { explain, notJson } from './explain.ts';
import { parsePayload } from './parse-payload.ts';
import { recordOrderResult } from './record-order-result.ts';
import { keep, type Kept } from './stores/quarantine.ts';

type Deps = { readonly table: Table; readonly directory: Directory; readonly pause: Pause };

const takeOne = async (deps: Deps, event: RuleEvent): Promise<Kept[]> => {
  const held = (reason: KeptOut, detail: string): Kept[] => [{ event, reason, detail, state: 'held' }];
  const parsed = parsePayload(commandResult, event.payload);
  if (!parsed) return held('not-json', notJson(event.payload));
  if (!parsed.success) return held('not-a-result', explain(parsed));
  const known = await deps.directory.find(event.household);
  if (!known) return held('unknown-household', 'no household has this telemetry id');
  const { householdId, revoked } = known;
  if (revoked.has(event.gateway)) return [];
  const recorded = await recordOrderResult(deps, { householdId, gateway: event.gateway }, parsed.data);
  if (recorded === 'other-gateway') return held('wrong-gateway', 'the order went to another gateway');
  return recorded === 'unknown-order' ? held('unknown-order', 'no such order of the last 7 days') : [];
};

/** Takes what gateways say of their orders; what fits no order is kept with its reason, and answered. */
export const takeOrderResults = async (deps: Deps, events: readonly RuleEvent[]): Promise<readonly Kept[]> => {
  const kept = (await Promise.all(events.map((event) => takeOne(deps, event)))).flat();
  await keep(deps.table, kept);
  return kept;
};
