import { isOpen } from '@hems/models/connector/breaker';
import type { Connector } from '@hems/models/connector/connector';
import { readConnectorState, type KeptState } from '../stores/connector-state.ts';
import type { TellDeps } from '../webhooks/deps.ts';
import { tellPartner } from '../webhooks/tell-partner.ts';
import { pull, type PullDeps } from './pull.ts';

/** A schedule comes a little early or late. */
const EARLY_MS = 60_000;
/** No system is begun with later than that; the function has twice as long. */
const TURNS_MS = 120_000;

const isDue = ({ everyMinutes }: Connector, { runs: [last], replay }: KeptState, nowMs: number): boolean =>
  !last || replay !== null || nowMs >= last.atMs + everyMinutes * 60_000 - EARLY_MS;

/** `open`: systems that are let alone for failing */
export type DueReport = Readonly<Record<'done' | 'failed' | 'waiting' | 'open', number>> & {
  /** of those that failed: id and reason */
  readonly reasons: readonly string[];
};

type Deps = Omit<PullDeps, 'secret'> &
  TellDeps & { readonly secretOf: (connector: Connector) => () => Promise<string> };

/** Its partner hears when its system is let alone for failing; once, however long that lasts. */
const tellFailed = async (deps: Deps, one: Connector): Promise<void> => {
  const { breaker, runs } = await readConnectorState(deps.table, one);
  const [last] = runs;
  const sinceMs = runs.find(({ outcome }, at) => outcome === 'failed' && runs[at + 1]?.outcome !== 'failed')?.atMs;
  if (!isOpen(breaker) || !last || sinceMs === undefined) return;
  const data = { connector: one.id, sinceMs, reason: last.reason ?? '' };
  await tellPartner(deps, { partnerId: one.partnerId, type: 'connector.failed', key: `${one.id}:${sinceMs}`, data });
};

/** Those that wait for longest first: one that takes its time does not keep the others from theirs for ever. */
const longestUnasked = async (
  table: PullDeps['table'],
  connectors: readonly Connector[],
): Promise<(readonly [Connector, KeptState])[]> => {
  const states = await Promise.all(connectors.map(async (one) => [one, await readConnectorState(table, one)] as const));
  return states.toSorted(([, a], [, b]) => (a.runs[0]?.atMs ?? 0) - (b.runs[0]?.atMs ?? 0));
};

/** Asks every system whose turn it is, one after the other; one that fails does not keep the next from being asked. */
export const pullDue = async (given: Deps, connectors: readonly Connector[]): Promise<DueReport> => {
  const { secretOf, ...deps } = given;
  const reasons: string[] = [];
  const counts = { done: 0, failed: 0, waiting: 0, open: 0 };
  const untilMs = deps.clock.now() + TURNS_MS;
  for (const [one, state] of await longestUnasked(deps.table, connectors)) {
    const nowMs = deps.clock.now();
    const isTurn = nowMs < untilMs && isDue(one, state, nowMs);
    const run = isTurn ? await pull({ ...deps, secret: secretOf(one) }, one) : undefined;
    counts[run?.outcome ?? 'waiting'] += 1;
    if (run?.outcome === 'failed') {
      reasons.push(`${one.id}: ${run.reason}`);
      await tellFailed(given, one);
    }
    if (isOpen((await readConnectorState(deps.table, one)).breaker)) counts.open += 1;
  }
  return { ...counts, reasons };
};
