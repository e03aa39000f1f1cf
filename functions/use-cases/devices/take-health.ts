import type { KeptOut } from '@hems/models/reading/kept-out';
import { healthMessage } from '@hems/shared/events/health';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import type { Directory } from '../directory.ts';
import { explain, notJson } from '../explain.ts';
import { parsePayload } from '../parse-payload.ts';
import { changeGateway } from '../stores/gateways.ts';
import { keep, type Kept } from '../stores/quarantine.ts';

type Deps = { readonly table: Table; readonly directory: Directory; readonly pause: Pause };

const takeOne = async (deps: Deps, event: RuleEvent): Promise<Kept[]> => {
  const { household, gateway, payload } = event;
  const held = (reason: KeptOut, detail: string): Kept[] => [{ event, reason, detail, state: 'held' }];
  const parsed = parsePayload(healthMessage, payload);
  if (!parsed) return held('not-json', notJson(payload));
  if (!parsed.success) return held('not-health', explain(parsed));
  const known = await deps.directory.find(household);
  if (!known) return held('unknown-household', 'no household has this telemetry id');
  if (known.revoked.has(gateway)) return [];
  const { version: firmware } = parsed.data;
  await changeGateway(deps, { householdId: known.householdId, gateway }, (before) =>
    before.firmware === firmware ? undefined : { ...before, firmware },
  );
  return [];
};

/** Keeps which software a gateway runs, which it says when it has connected. Written when it changes. Answers what was kept out. */
export const takeHealth = async (deps: Deps, events: readonly RuleEvent[]): Promise<readonly Kept[]> => {
  const kept = (await Promise.all(events.map((event) => takeOne(deps, event)))).flat();
  await keep(deps.table, kept);
  return kept;
};
