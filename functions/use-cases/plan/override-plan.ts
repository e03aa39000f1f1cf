import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { automationPut, readAutomation, type Override } from '../stores/automations.ts';
import type { Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import type { PlanDeps } from './plan-deps.ts';
import { planHousehold } from './plan-household.ts';

const MINUTE_MS = 60_000;

type Asked = { readonly mode: Override['mode']; readonly minutes: number };

/** Sets the plan aside for a while, at once: the battery rests, or covers the home by itself. It goes on by itself afterwards. */
export const overridePlan = async (
  deps: PlanDeps,
  member: Member,
  { mode, minutes }: Asked,
): Promise<Pick<Override, 'mode' | 'untilMs'>> => {
  requireMay(member, 'order-devices');
  const { householdId, sub } = member;
  const override = await untilWon(deps.pause, async () => {
    const before = await readAutomation(deps.table, householdId);
    if (!before.settings.isOn)
      throw new Refused('conflict', 'no plan is switched on here, so there is none to set aside', 'plan-off');
    const atMs = deps.clock.now();
    const said: Override = { mode, atMs, untilMs: atMs + minutes * MINUTE_MS, personId: sub };
    await deps.table.put(automationPut(householdId, { ...before, override: said }));
    return said;
  });
  await planHousehold(deps, { householdId, forMs: undefined });
  return { mode, untilMs: override.untilMs };
};

/** Lets the plan go on at once. Without an override nothing changes. */
export const endOverride = async (deps: PlanDeps, member: Member): Promise<void> => {
  requireMay(member, 'order-devices');
  const { householdId } = member;
  await untilWon(deps.pause, async () => {
    const { override, ...before } = await readAutomation(deps.table, householdId);
    if (override) await deps.table.put(automationPut(householdId, before));
  });
  await planHousehold(deps, { householdId, forMs: undefined });
};
