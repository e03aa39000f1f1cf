import type { Notice } from '@hems/shared/api/inbox';
import type { Put } from '../../ports/table.ts';
import { dueMessages, messagePut, newMessage } from '../stores/outbox.ts';
import { noticeIdOf } from '../stores/notices.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { putMember } from '../stores/households.ts';
import { putPerson } from '../stores/people.ts';
import { readPushTargets } from '../stores/push-targets.ts';
import { aNoticeWorld, type NoticeWorld } from '../../testing/notice-world.ts';
import { HOME, NOON } from '../../testing/world.ts';

const MINUTE = 60_000;
const NIGHT = dayStart('2026-11-22') + 22 * HOUR_MS;
const MORNING = dayStart('2026-11-23') + 8 * HOUR_MS;
const UNUSUAL = { date: '2026-11-22', toHour: 12, usedWh: 6400, usualWh: 1200 };

let world: NoticeWorld;
beforeEach(async () => {
  world = await aNoticeWorld();
  await world.addPerson('owner');
});
const unusual = (key?: string) => world.unusual(key);

describe('a message whose service is away', () => {
  test('is tried again by the sweep, is not counted twice, and is sent once', async () => {
    await world.choose('owner', { weeklyCap: 1 });
    world.services.push = new Error('503');
    expect(await unusual()).toMatchObject({ told: 1, sent: 0 });
    expect(await world.sweep()).toMatchObject({ sent: 0 });
    delete world.services.push;
    world.clock.set(NOON + MINUTE);
    expect(await world.sweep()).toMatchObject({ sent: 1 });
    expect(world.pushes).toHaveLength(1);
  });

  test('is given up when it is no news any more', async () => {
    world.services.push = new Error('503');
    await unusual();
    const outcomes: string[] = [];
    for (let minute = 1; minute < 24 * 60; minute += 1) {
      world.clock.set(NOON + minute * MINUTE);
      const report = await world.sweep();
      outcomes.push(...(['failed', 'abandoned', 'refused'] as const).filter((name) => report[name] > 0));
    }
    expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'failed'), 'refused']);
  });

  test('whose sender died is sent by the sweep', async () => {
    await world.choose('owner', { quiet: null });
    const dying = { ...world.deps, push: { ...world.deps.push, send: () => new Promise<never>(() => undefined) } };
    const { notify } = await import('./notify.ts');
    const detail = { householdId: HOME.householdId, atMs: NOON, key: 'k', facts: UNUSUAL };
    void notify(dying, { type: 'usage.unusual', detail });
    await new Promise((done) => setTimeout(done, 50));
    expect(await world.sweep()).toMatchObject({ sent: 0 });
    world.clock.set(NOON + 2 * MINUTE);
    expect(await world.sweep()).toMatchObject({ sent: 1 });
  });

  test('to a browser that is gone is over, and the browser is forgotten', async () => {
    world.services.push = 'gone';
    await unusual();
    expect(await readPushTargets(world.deps, 'owner')).toEqual([]);
    world.clock.set(NOON + 2 * MINUTE);
    expect(await world.sweep()).toMatchObject({ sent: 0, failed: 0, nobody: 0 });
  });
});

describe('the outbox', () => {
  const failed = (i: number): Put => {
    const notice: Notice = {
      noticeId: noticeIdOf(NOON - HOUR_MS, `n${i}`),
      kind: 'security',
      householdId: null,
      atMs: NOON - HOUR_MS,
      readMs: null,
      facts: { what: 'x' },
      path: '/inbox',
    };
    return messagePut(newMessage(`p-${i}`, { notice, channel: 'email', nextMs: NOON - HOUR_MS + i, attempts: 0 }));
  };
  const lookAt = async (count: number) => (await dueMessages(world.table, world.clock.now(), count)).length;

  test('puts what failed behind what is due: whatever waits for its next try hides no message from a sweep', async () => {
    for (let i = 0; i < 30; i += 1)
      await putPerson(world.deps, `p-${i}`, {
        person: { name: '', email: `p-${i}@mail.example`, language: 'ko' },
        version: 0,
      });
    await world.table.transact(Array.from({ length: 30 }, (_, i) => ({ put: failed(i) })));
    world.services.mail = new Error('503');
    expect(await world.sweep()).toMatchObject({ failed: 30 });
    expect(await lookAt(30)).toBe(0);
    await world.table.put(failed(31));
    // a look at fewer than wait finds the one that is due
    expect(await lookAt(1)).toBe(1);
    world.clock.set(NOON + MINUTE);
    expect(await lookAt(100)).toBe(31);
  });

  test('ends a message that nobody can read, tells of it, and sends the others', async () => {
    const sk = `SEND#${String(NOON - 5).padStart(13, '0')}#n#push`;
    const data = { notice: { kind: 'of-old' }, channel: 'push', nextMs: NOON - 5, attempts: 0 };
    await world.table.put({ table: 'people', pk: 'U#owner', sk, i1: 'SEND', data });
    world.services.push = new Error('503');
    await unusual();
    delete world.services.push;
    world.clock.set(NOON + MINUTE);
    expect(await world.sweep()).toMatchObject({ unreadable: 1, sent: 1, reasons: ['unreadable'] });
    expect(await world.sweep()).toMatchObject({ unreadable: 0, sent: 0 });
  });

  test('gives a push as long as it is news, and no longer than until the quiet of the evening', async () => {
    await world.choose('owner', { quiet: { fromHour: 21, toHour: 8 } });
    await unusual();
    expect(world.pushes[0]).toMatchObject({ ttlSeconds: 9 * 3600 });
    await world.happen('security.alert', { facts: { what: 'x' } });
    expect(world.pushes[1]).toMatchObject({ ttlSeconds: 72 * 3600 });
  });

  test('keeps a message from who may no longer decide for the home when it goes', async () => {
    await world.choose('owner', { quiet: { fromHour: 21, toHour: 8 } });
    world.clock.set(NIGHT);
    await world.happen('reward.paid', { facts: { payoutId: 'p', unit: 'won', amount: 5000 } });
    await putMember(world.table, { householdId: HOME.householdId, sub: 'owner', role: 'viewer' });
    world.clock.set(MORNING);
    expect(await world.sweep()).toMatchObject({ nobody: 1, sent: 0 });
  });

  test('lets go what is about a person whatever their role', async () => {
    await putMember(world.table, { householdId: HOME.householdId, sub: 'owner', role: 'viewer' });
    const told = await world.happen('security.alert', { personId: 'owner', facts: { what: 'role-changed' } });
    expect(told).toMatchObject({ told: 1, sent: 2 });
  });
});
