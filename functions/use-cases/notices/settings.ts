import type { NoticeSettings } from '@hems/shared/api/inbox';
import type { Clock } from '../../ports/clock.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Push, PushTarget } from '../../ports/push.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { membershipsOf } from '../stores/households.ts';
import { putSettings, readSettings } from '../stores/notices.ts';
import { countPushTargets, forgetPushTarget, putPushTarget } from '../stores/push-targets.ts';

type Deps = {
  readonly table: Table;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly push: Pick<Push, 'publicKey'>;
};
export type SettingsAnswer = { settings: NoticeSettings; pushKey: string | null; pushTargets: number };

export const answerSettings = async ({ table, push }: Deps, sub: string): Promise<SettingsAnswer> => {
  const [settings, pushKey, pushTargets] = await Promise.all([
    readSettings(table, sub),
    push.publicKey(),
    countPushTargets(table, sub),
  ]);
  return { settings, pushKey, pushTargets };
};

export const chooseSettings = async (deps: Deps, sub: string, settings: NoticeSettings): Promise<SettingsAnswer> => {
  if (!settings.kinds.security.inbox)
    throw new Refused('invalid', 'kinds.security.inbox: security notices stay in the inbox; leave it on');
  const homes = new Set((await membershipsOf(deps.table, sub)).map(({ householdId }) => householdId));
  const foreign = Object.keys(settings.budgetWon).find((householdId) => !homes.has(householdId));
  if (foreign !== undefined)
    throw new Refused('invalid', `budgetWon: you are not a member of ${foreign}; leave it out`);
  await putSettings(deps.table, sub, settings);
  return answerSettings(deps, sub);
};

export const addTarget = async (deps: Deps, sub: string, target: PushTarget): Promise<SettingsAnswer> => {
  if ((await deps.push.publicKey()) === null)
    throw new Refused('conflict', 'push is not set up here; choose e-mail instead', 'no-push');
  await putPushTarget(deps, sub, { target, nowMs: deps.clock.now() });
  return answerSettings(deps, sub);
};

/** The browser is left: it wakes this person no more. One that is not there is no error. */
export const removeTarget = async (
  deps: Deps,
  sub: string,
  target: Pick<PushTarget, 'endpoint'>,
): Promise<SettingsAnswer> => {
  await forgetPushTarget(deps, sub, { target, nowMs: deps.clock.now() });
  return answerSettings(deps, sub);
};
