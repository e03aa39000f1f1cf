import type { NoticeKind } from '@hems/models/notices/kinds';
import type { Happening, ToldEventType } from '@hems/shared/events/bus';
import type { Mail } from '../ports/mailer.ts';
import type { PushMessage, PushTarget } from '../ports/push.ts';
import type { NoticeDeps } from '../use-cases/notices/deps.ts';
import { notify } from '../use-cases/notices/notify.ts';
import { sendDue } from '../use-cases/notices/send-due.ts';
import { listNotices, putSettings, readSettings } from '../use-cases/stores/notices.ts';
import { putPerson } from '../use-cases/stores/people.ts';
import { putPushTarget } from '../use-cases/stores/push-targets.ts';
import type { NoticeSettings } from '@hems/shared/api/inbox';
import { aWorld, HOME } from './world.ts';

const aTarget = (endpoint = 'https://push.example.com/1'): PushTarget => ({
  endpoint,
  p256dh: 'p'.repeat(87),
  auth: 'a'.repeat(22),
});

const UNUSUAL = { date: '2026-11-22', toHour: 12, usedWh: 6400, usualWh: 1200 };

/** A world in which the owner can be written to and woken, and in which what is sent is seen. */
export const aNoticeWorld = async () => {
  const world = await aWorld();
  const mails: { id: string; mail: Mail }[] = [];
  const pushes: { target: PushTarget; message: PushMessage; ttlSeconds: number }[] = [];
  /** what the services say next: an error is thrown */
  const services: { mail?: Error; push?: Error | 'gone' } = {};
  const deps: NoticeDeps = {
    ...world,
    mailer: {
      send: async (id, mail) => {
        if (services.mail) throw services.mail;
        mails.push({ id, mail });
      },
    },
    push: {
      publicKey: async () => 'key',
      send: async (target, message, { ttlSeconds }) => {
        if (services.push instanceof Error) throw services.push;
        if (services.push === 'gone') return 'gone';
        pushes.push({ target, message, ttlSeconds });
        return 'taken';
      },
    },
    letterhead: { webUrl: 'https://app.example', apiUrl: 'https://api.example', contact: 'notices@hems.example' },
  };
  /** somebody with an address and a phone, who wants everything by every channel at any time */
  const addPerson = async (sub: string, over: Partial<NoticeSettings> = {}): Promise<void> => {
    await putPerson(deps, sub, { person: { name: sub, email: `${sub}@mail.example`, language: 'ko' }, version: 0 });
    await putPushTarget(deps, sub, { target: aTarget(`https://push.example.com/${sub}`), nowMs: world.clock.now() });
    await choose(sub, { quiet: null, weeklyCap: 50, ...over });
  };
  const choose = async (sub: string, over: Partial<NoticeSettings>): Promise<void> =>
    putSettings(world.table, sub, { ...(await readSettings(world.table, sub)), ...over });
  const happen = (type: ToldEventType, over: Partial<Happening> = {}) =>
    notify(deps, {
      type,
      detail: { householdId: HOME.householdId, atMs: world.clock.now(), key: 'once', facts: {}, ...over },
    });
  const unusual = (key = '2026-11-22') => happen('usage.unusual', { key, facts: UNUSUAL });
  const allChannels = async (sub: string, kind: NoticeKind): Promise<void> => {
    const { kinds } = await readSettings(world.table, sub);
    await choose(sub, { kinds: { ...kinds, [kind]: { inbox: true, push: true, email: true } } });
  };
  return {
    ...world,
    unusual,
    allChannels,
    deps,
    mails,
    pushes,
    services,
    addPerson,
    choose,
    happen,
    sweep: () => sendDue(deps),
    inbox: async (sub: string) => (await listNotices(world.table, sub)).notices,
  };
};
export type NoticeWorld = Awaited<ReturnType<typeof aNoticeWorld>>;
