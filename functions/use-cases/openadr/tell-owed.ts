import { owedOf, owedUntil, postponeOwed } from '../stores/openadr-owed.ts';
import type { OpenadrDeps } from './caller.ts';
import { notify } from './notify.ts';

/** Longer than a request lasts: whoever wrote the object is not telling it any more. */
const ABANDONED_MS = 120_000;
const AFTER_FAILURE_MS = 10 * 60_000;
const AT_ONCE = 20;

/**
 * Tells what a write left owed that died before all subscriptions were told; who was told before is not told again. Answers the keys of those
 * that failed, which are told ten minutes later.
 */
export const tellOwed = async (deps: OpenadrDeps): Promise<readonly string[]> => {
  const nowMs = deps.clock.now();
  const failed: string[] = [];
  for (const item of await owedUntil(deps.table, nowMs - ABANDONED_MS, AT_ONCE))
    try {
      await notify(deps, owedOf(item));
    } catch {
      failed.push(item.sk);
      await postponeOwed(item, { table: deps.table, atMs: nowMs + AFTER_FAILURE_MS });
    }
  return failed;
};
