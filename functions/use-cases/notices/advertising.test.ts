import type { Table } from '../../ports/table.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import type { NoticeKind } from '@hems/models/notices/kinds';
import { en } from '@hems/shared/i18n/en/notices';
import { sentenceOf } from '@hems/shared/i18n/notice-texts';
import { setConsent } from '../privacy/set-consent.ts';
import { putMember } from '../stores/households.ts';
import { readSettings } from '../stores/notices.ts';
import { aNoticeWorld, type NoticeWorld } from '../../testing/notice-world.ts';
import { HOME, NOON } from '../../testing/world.ts';
import { endAdvertising, unsubscribeToken } from './unsubscribe.ts';

const NIGHT = dayStart('2026-11-22') + 22 * HOUR_MS;
const MORNING = dayStart('2026-11-23') + 8 * HOUR_MS;

let world: NoticeWorld;
beforeEach(async () => {
  world = await aNoticeWorld();
  await world.addPerson('owner');
});
const unusual = (key?: string) => world.unusual(key);
const allChannels = (sub: string, kind: NoticeKind) => world.allChannels(sub, kind);

describe('advertising', () => {
  const offer = (key = 'offer') => world.happen('offer.announced', { key, facts: { programme: 'energy-cashback' } });
  const agree = (granted: boolean, sub = 'owner') =>
    setConsent(
      world,
      { householdId: HOME.householdId, sub, role: 'owner' },
      { purpose: 'marketing', granted, textVersion: 1 },
    );
  beforeEach(() => allChannels('owner', 'marketing'));

  test('is neither told nor sent without consent', async () => {
    expect(await offer()).toMatchObject({ told: 0, unwanted: 1 });
    expect([...world.pushes, ...world.mails, ...(await world.inbox('owner'))]).toEqual([]);
  });

  test('begins with the mark, names its sender and carries the free ways out', async () => {
    await agree(true);
    await offer();
    const { mail } = world.mails[0]!;
    expect(mail.subject).toMatch(/^\(광고\)/);
    expect(mail.text).toContain('notices@hems.example');
    expect(mail.text).toMatch(/수신 거부\(무료\): https:\/\/app\.example\/unsubscribe#/);
    expect(mail.unsubscribeUrl).toMatch(/^https:\/\/api\.example\/v1\/unsubscribes\//);
    const { message } = world.pushes[0]!;
    expect(message.title).toMatch(/^\(광고\)/);
    expect(message.body).toMatch(/우리 집 에너지.*무료로 수신을 거부/);
    expect(sentenceOf(en, { kind: 'marketing', facts: { programme: 'x' } }).title).toMatch(/^\(광고\)/);
  });

  test('waits for the morning whatever hours the person calls quiet, and a withdrawal in the night stops it', async () => {
    await agree(true);
    world.clock.set(NIGHT);
    expect(await offer('one')).toMatchObject({ told: 1, sent: 0 });
    world.clock.set(NIGHT + HOUR_MS);
    await agree(false);
    world.clock.set(MORNING);
    expect(await world.sweep()).toMatchObject({ refused: 2, sent: 0 });
  });

  test('ends with one click of the person it was for, and nobody else can click for them', async () => {
    await agree(true);
    const token = await unsubscribeToken(world.keys, 'owner');
    for (const wrong of [`${token}x`, token.replace(/\..*/, '.x'), '', 'a.b.c', `.${token.split('.')[1]}`])
      await expect(endAdvertising(world, wrong)).rejects.toThrow('not whole');
    expect(await offer('one')).toMatchObject({ told: 1, sent: 2 });
    await endAdvertising(world, token);
    expect(await offer('two')).toMatchObject({ told: 0, unwanted: 1 });
    world.clock.set(NOON + DAY_MS);
    expect(await unusual()).toMatchObject({ told: 1, sent: 1 });
  });

  test('is to whoever agreed themselves: another who lives there is sent none, and ends none by refusing', async () => {
    await world.addPerson('partner');
    await putMember(world.table, { householdId: HOME.householdId, sub: 'partner', role: 'owner' });
    await allChannels('partner', 'marketing');
    await agree(true);
    expect(await offer('one')).toMatchObject({ told: 1, unwanted: 1 });
    expect(await world.inbox('partner')).toEqual([]);
    await agree(true, 'partner');
    await agree(false);
    expect(await offer('two')).toMatchObject({ told: 1, unwanted: 1 });
    expect(await world.inbox('partner')).toHaveLength(1);
  });

  test('stops two years after the person agreed, though another of the home has agreed since', async () => {
    await agree(true);
    world.clock.set(NOON + 400 * DAY_MS);
    await agree(true, 'partner');
    world.clock.set(NOON + 729 * DAY_MS);
    expect(await offer('one')).toMatchObject({ told: 1 });
    world.clock.set(NOON + 730 * DAY_MS);
    expect(await offer('two')).toMatchObject({ told: 0 });
  });

  test('that is ended while other settings are saved is ended, and they are saved', async () => {
    const token = await unsubscribeToken(world.keys, 'owner');
    let raced = false;
    const table: Table = {
      ...world.table,
      get: async (key) => {
        const item = await world.table.get(key);
        if (key.sk === 'NOTICE-SETTINGS' && !raced) {
          raced = true;
          await world.choose('owner', { weeklyCap: 7 });
        }
        return item;
      },
    };
    await endAdvertising({ ...world, table }, token);
    const settings = await readSettings(world.table, 'owner');
    expect([settings.weeklyCap, settings.kinds.marketing.email]).toEqual([7, false]);
  });
});
