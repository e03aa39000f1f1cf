import type { Automation } from '@hems/shared/api/plan';
import { requireMay } from '../members/require-may.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { Refused } from '../refusal.ts';
import { automationPut, readAutomation } from '../stores/automations.ts';
import { listDevices, type Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import { steeredOf } from './heard.ts';
import type { PlanDeps } from './plan-deps.ts';
import { planHousehold } from './plan-household.ts';

const requireSense = async ({ table }: PlanDeps, householdId: string, { isOn, car }: Automation): Promise<void> => {
  if (!isOn) return;
  if (!(await hasConsent(table, householdId, 'analysis')))
    throw new Refused('conflict', 'a plan needs the consent to analysis; agree to it first', 'no-consent');
  const devices = await listDevices(table, householdId);
  if (!steeredOf(devices, 'battery') && !(car && steeredOf(devices, 'ev_charger')))
    throw new Refused('conflict', 'the home has no battery, and no charger with a car to serve', 'nothing-to-plan');
};

/**
 * Lets the plan steer the household's battery and charger, or stops it, at once either way; who said so and when is kept. Settings that
 * change without a new word of on or off leave that word as it was.
 */
export const setAutomation = async (deps: PlanDeps, member: Member, settings: Automation): Promise<Automation> => {
  requireMay(member, 'order-devices');
  const { householdId, sub } = member;
  await requireSense(deps, householdId, settings);
  await untilWon(deps.pause, async () => {
    const { override, ...before } = await readAutomation(deps.table, householdId);
    const said = { isOn: settings.isOn, atMs: deps.clock.now(), personId: sub };
    const isNew = before.settings.isOn !== settings.isOn;
    await deps.table.put(
      automationPut(householdId, {
        ...before,
        settings,
        history: isNew ? [...before.history, said] : before.history,
        ...(settings.isOn && override && { override }),
      }),
    );
  });
  await planHousehold(deps, { householdId, forMs: undefined });
  return settings;
};
