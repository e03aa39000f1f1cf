import {
  addPushTarget,
  markRead,
  readInbox,
  readNoticeSettings,
  removePushTarget,
  setNoticeSettings,
  unsubscribe,
} from '@hems/shared/api/inbox';
import { endpoint, http } from '../runtime/http.ts';
import { clock, keys, pause, push, table } from '../runtime/ports.ts';
import { markRead as mark } from '../use-cases/notices/mark-read.ts';
import { readInbox as read } from '../use-cases/notices/read-inbox.ts';
import { addTarget, answerSettings, chooseSettings, removeTarget } from '../use-cases/notices/settings.ts';
import { endAdvertising } from '../use-cases/notices/unsubscribe.ts';

const deps = async () => ({ table: await table(), clock: await clock(), keys: await keys(), push: await push() });

export const handler = http([
  endpoint(readInbox, async ({ caller, query }) => read({ table: await table() }, caller.sub, query.cursor)),
  endpoint(markRead, async ({ caller, body }) =>
    mark({ table: await table(), clock: await clock() }, caller.sub, body.noticeIds),
  ),
  endpoint(readNoticeSettings, async ({ caller }) => answerSettings(await deps(), caller.sub)),
  endpoint(setNoticeSettings, async ({ caller, body }) => chooseSettings(await deps(), caller.sub, body)),
  endpoint(addPushTarget, async ({ caller, body }) => addTarget(await deps(), caller.sub, body)),
  endpoint(removePushTarget, async ({ caller, body }) => removeTarget(await deps(), caller.sub, body)),
  endpoint(unsubscribe, async ({ params }) => {
    await endAdvertising({ table: await table(), keys: await keys(), pause }, params.token);
    return { marketing: 'off' as const };
  }),
]);
