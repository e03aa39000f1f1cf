import { endOverride, overridePlan, readPlan, setAutomation } from '@hems/shared/api/plan';
import { endpoint, http } from '../runtime/http.ts';
import { planDeps } from '../runtime/plan-deps.ts';
import { requireMember } from '../use-cases/members/require-may.ts';
import { endOverride as goOn, overridePlan as setAside } from '../use-cases/plan/override-plan.ts';
import { readPlan as read } from '../use-cases/plan/read-plan.ts';
import { setAutomation as allow } from '../use-cases/plan/set-automation.ts';

export const handler = http([
  endpoint(readPlan, async ({ params }) => await read(await planDeps(), params.householdId)),
  endpoint(setAutomation, async ({ body, member }) => await allow(await planDeps(), requireMember(member), body)),
  endpoint(overridePlan, async ({ body, member }) => await setAside(await planDeps(), requireMember(member), body)),
  endpoint(endOverride, async ({ member }) => {
    await goOn(await planDeps(), requireMember(member));
    return {};
  }),
]);
