import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import type { NoticeKind } from '@hems/models/notices/kinds';
import { en } from '@hems/shared/i18n/en/notices';
import { ko } from '@hems/shared/i18n/ko/notices';
import { sentenceOf } from '@hems/shared/i18n/notice-texts';
import { memberEnd, putMember } from '../stores/households.ts';
import { NO_PROOF, proofPut } from '../stores/proofs.ts';
import { putPerson } from '../stores/people.ts';
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
const allChannels = (sub: string, kind: NoticeKind) => world.allChannels(sub, kind);

describe('unusual use of a home', () => {
  test('is in the inbox of everybody who lives there and wakes their phones, with a link to the screen', async () => {
    await world.addPerson('guest');
    await putMember(world.table, { householdId: HOME.householdId, sub: 'guest', role: 'viewer' });
    expect(await unusual()).toMatchObject({ told: 2, sent: 2 });
    for (const sub of ['owner', 'guest'])
      expect(await world.inbox(sub)).toMatchObject([
        { kind: 'unusual-use', path: '/households/h-1/energy', readMs: null },
      ]);
    expect(world.pushes.map(({ message }) => message.body)).toEqual([
      expect.stringContaining('6.4 kWh'),
      expect.stringContaining('6.4 kWh'),
    ]);
    expect(world.mails).toEqual([]);
  });

  test('is told to nobody before somebody has proved to live there', async () => {
    const { version } = (await world.table.get({ table: 'homes', pk: 'H#h-1', sk: 'PROOF' }))!;
    await world.table.put(proofPut(HOME.householdId, NO_PROOF, version));
    expect(await unusual()).toMatchObject({ told: 0 });
    expect(await world.inbox('owner')).toEqual([]);
  });

  test('is written in the language of the reader', async () => {
    await unusual('one');
    await putPerson(world.deps, 'owner', {
      person: { name: 'owner', email: 'owner@mail.example', language: 'en' },
      version: 1,
    });
    world.clock.set(NOON + DAY_MS);
    await unusual('two');
    expect(world.pushes.map(({ message }) => message.title)).toEqual(
      [ko, en].map((texts) => sentenceOf(texts, { kind: 'unusual-use', facts: UNUSUAL }).title),
    );
  });

  test('whose facts do not make a sentence is refused whole, so that the event goes to the dead letters', async () => {
    await expect(world.happen('usage.unusual', { facts: { hour: 3 } })).rejects.toThrow('invalid_type');
    expect(await world.inbox('owner')).toEqual([]);
  });
});

describe('what happened once', () => {
  test('is told once, however often the bus brings it', async () => {
    expect(await unusual()).toMatchObject({ told: 1 });
    expect(await unusual()).toMatchObject({ told: 0, repeated: 1 });
    expect(await world.inbox('owner')).toHaveLength(1);
    expect(world.pushes).toHaveLength(1);
  });

  test('is told once by two functions that get it at the same moment', async () => {
    await Promise.all([unusual(), unusual(), unusual()]);
    expect(await world.inbox('owner')).toHaveLength(1);
    expect(world.pushes).toHaveLength(1);
  });

  test('is told again after the window of its kind: a device that is still away, a day later', async () => {
    const offline = () => world.happen('gateway.offline', { key: 'g-1', facts: {} });
    await offline();
    world.clock.set(NOON + 23 * HOUR_MS);
    expect(await offline()).toMatchObject({ repeated: 1 });
    world.clock.set(NOON + 24 * HOUR_MS + MINUTE);
    expect(await offline()).toMatchObject({ told: 1 });
  });

  test('leaves the same inbox and the same number of messages in whatever order and however often it comes', async () => {
    const happenings = fc.array(
      fc.record({
        type: fc.constantFrom('usage.unusual', 'reward.paid'),
        key: fc.constantFrom('a', 'b', 'c', 'd'),
      } as const),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(
        happenings,
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 0, max: 4 }),
        async (told, order, cap) => {
          const live = async (all: typeof told): Promise<{ inbox: string[]; pushes: number }> => {
            const one = await aNoticeWorld();
            await one.addPerson('owner', { weeklyCap: cap });
            for (const { type, key } of all)
              await one.happen(type, {
                key,
                facts: type === 'usage.unusual' ? UNUSUAL : { payoutId: key, unit: 'won', amount: 1 },
              });
            const inbox = (await one.inbox('owner')).map(({ kind, facts }) => `${kind} ${facts['payoutId'] ?? ''}`);
            return { inbox: inbox.toSorted(), pushes: one.pushes.length };
          };
          const shuffled = told.map((one) => [order.next().value, one] as const).toSorted(([a], [b]) => a - b);
          expect(await live(shuffled.map(([, one]) => one))).toEqual(await live(told));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('quiet hours', () => {
  beforeEach(async () => {
    await world.choose('owner', { quiet: { fromHour: 21, toHour: 8 } });
    world.clock.set(NIGHT);
  });

  test('keep a push until the morning, and the inbox has it at once', async () => {
    expect(await unusual()).toMatchObject({ told: 1, sent: 0 });
    expect(await world.inbox('owner')).toHaveLength(1);
    world.clock.set(MORNING - MINUTE);
    expect(await world.sweep()).toMatchObject({ sent: 0 });
    world.clock.set(MORNING);
    expect(await world.sweep()).toMatchObject({ sent: 1 });
    expect(await world.sweep()).toMatchObject({ sent: 0 });
    expect(world.pushes).toHaveLength(1);
  });

  test('that are begun while a push waits are kept too', async () => {
    await unusual();
    await world.choose('owner', { quiet: { fromHour: 21, toHour: 9 } });
    world.clock.set(MORNING);
    expect(await world.sweep()).toMatchObject({ waits: 1 });
    world.clock.set(MORNING + HOUR_MS);
    expect(await world.sweep()).toMatchObject({ sent: 1 });
  });

  test('do not keep a security notice', async () => {
    const report = await world.happen('security.alert', { facts: { what: 'role-changed' } });
    expect(report).toMatchObject({ told: 1, sent: 2 });
  });

  test('end for somebody who left the home meanwhile without a message', async () => {
    await unusual();
    await world.table.put(memberEnd({ householdId: HOME.householdId, sub: 'owner', role: 'owner' }, NIGHT));
    world.clock.set(MORNING);
    expect(await world.sweep()).toMatchObject({ nobody: 1, sent: 0 });
    expect(world.pushes).toEqual([]);
  });

  test('make an invitation to an event at seven useless, and it is not sent at eight', async () => {
    const startsMs = dayStart('2026-11-23') + 7 * HOUR_MS;
    const facts = { eventId: 'e', programme: 'national-dr', date: '2026-11-23', fromHour: 7, toHour: 8, startsMs };
    await world.happen('event.invited', { facts });
    expect(await world.inbox('owner')).toHaveLength(1);
    world.clock.set(MORNING);
    expect(await world.sweep()).toMatchObject({ sent: 0 });
  });
});

describe('the weekly cap', () => {
  test('lets five messages go in seven days and the inbox have all; a sixth goes when the first is a week old', async () => {
    await world.choose('owner', { weeklyCap: 5 });
    for (let day = 0; day < 7; day += 1) {
      world.clock.set(NOON + day * DAY_MS);
      await unusual(`${day}`);
    }
    expect(world.pushes).toHaveLength(5);
    expect(await world.inbox('owner')).toHaveLength(7);
    world.clock.set(NOON + 7 * DAY_MS + MINUTE);
    await unusual('later');
    expect(world.pushes).toHaveLength(6);
  });

  test('counts those that go at the same moment, by whatever channel', async () => {
    await world.choose('owner', { weeklyCap: 2 });
    await allChannels('owner', 'unusual-use');
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => unusual(key)));
    expect(world.pushes.length + world.mails.length).toBe(2);
    expect(await world.inbox('owner')).toHaveLength(5);
  });

  test('is not used up by a day: one everyday push a day, and an event that was joined beside it', async () => {
    await world.choose('owner', { weeklyCap: 1 });
    for (const key of ['a', 'b']) await unusual(key);
    expect(world.pushes).toHaveLength(1);
    const startsMs = NOON + 6 * HOUR_MS;
    const facts = { eventId: 'e', programme: 'national-dr', date: '2026-11-22', fromHour: 18, toHour: 19, startsMs };
    expect(await world.happen('event.invited', { facts })).toMatchObject({ told: 1, sent: 1 });
    expect(world.pushes).toHaveLength(2);
  });

  test('lets security through', async () => {
    await world.choose('owner', { weeklyCap: 0 });
    await unusual();
    expect(await world.happen('security.alert', { facts: { what: 'x' } })).toMatchObject({ sent: 2 });
    expect(world.pushes).toHaveLength(1);
  });
});

test('what is kept of a phone says nothing without the key of its owner', async () => {
  const { items } = await world.table.query({ table: 'people', value: 'U#owner' });
  expect(JSON.stringify(items)).not.toContain('push.example.com');
});
