import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@hems/models/testing/random';
import { renameDevice } from '@hems/shared/api/devices';
import { readNoticeSettings, setNoticeSettings, type NoticeSettings } from '@hems/shared/api/inbox';
import { inviteMember } from '@hems/shared/api/members';
import { enrol } from '@hems/shared/api/programmes';
import { askPayout, decidePayout, listPayouts } from '@hems/shared/api/rewards';
import { startRun } from '@hems/shared/api/runs';
import type { Asked, Register } from './asked.ts';
import { call, type PeoplePlace } from './people-call.ts';

const tryRegister = async (register: Register, value: string, write: () => Promise<unknown>): Promise<void> => {
  register.tried.push(value);
  await write();
  Object.assign(register, { acknowledged: value, tried: [] });
};

const INVITATIONS_MOST = 18;
const ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};

export const pick = <T>(all: readonly T[], random: Random): T | undefined => all[Math.floor(random() * all.length)];

const payoutAct = (place: PeoplePlace, token: () => Promise<string>) => {
  const { asked, world, random } = place;
  return async (): Promise<void> => {
    const open = pick(
      asked.payouts.filter(({ acknowledged }) => !acknowledged),
      random,
    );
    const one = open ?? {
      householdId: pick(world.moneyHomes, random) ?? '',
      payoutId: `payout-${asked.payouts.length + 1}`.padEnd(8, '0'),
      amount: 1 + Math.floor(random() * 200),
      acknowledged: false,
    };
    if (!open) asked.payouts.push(one);
    const { householdId, payoutId, amount } = one;
    await call(place, {
      token: await token(),
      route: askPayout,
      params: { householdId },
      body: { payoutId, unit: 'won', amount },
    });
    one.acknowledged = true;
  };
};

const choices = (place: PeoplePlace, token: () => Promise<string>) => {
  const { asked, world, random } = place;
  let settings: NoticeSettings | undefined;
  const notices = async (): Promise<void> => {
    settings ??= (await call(place, { token: await token(), route: readNoticeSettings })).settings;
    const weeklyCap = (Number(asked.settings.acknowledged ?? 0) + asked.settings.tried.length + 1) % 50;
    const body = { ...settings, weeklyCap };
    await tryRegister(
      asked.settings,
      String(weeklyCap),
      async () => await call(place, { token: await token(), route: setNoticeSettings, body }),
    );
  };
  const rename = async (): Promise<void> => {
    const [home] = world.readingHomes;
    const name = `meter ${Math.floor(random() * 1e9)}`;
    const params = { householdId: home?.householdId ?? '', deviceId: home?.meter ?? '' };
    await tryRegister(
      asked.deviceName,
      name,
      async () => await call(place, { token: await token(), route: renameDevice, params, body: { name } }),
    );
  };
  return { notices, rename };
};

const joinings = (place: PeoplePlace, token: () => Promise<string>) => {
  const { asked, world } = place;
  const invite = async (): Promise<void> => {
    if (asked.invitations.length >= INVITATIONS_MOST) return;
    const one: Asked['invitations'][number] = {
      email: `guest${asked.invitations.length}@example.com`,
      invitationId: undefined,
    };
    asked.invitations.push(one);
    const params = { householdId: world.moneyHomes[0] ?? '' };
    const { invitation } = await call(place, {
      token: await token(),
      route: inviteMember,
      params,
      body: { email: one.email, role: 'viewer' },
    });
    one.invitationId = invitation.invitationId;
  };
  const join = async (): Promise<void> => {
    const next = world.readingHomes.find(
      ({ householdId }) => !asked.enrolments.some((one) => one.householdId === householdId && one.acknowledged),
    );
    if (!next) return;
    const { householdId } = next;
    const one = asked.enrolments.find((known) => known.householdId === householdId) ?? {
      householdId,
      acknowledged: false,
    };
    if (!asked.enrolments.includes(one)) asked.enrolments.push(one);
    await call(place, {
      token: await token(),
      route: enrol,
      params: { householdId, programme: 'energy-cashback' },
      body: { answers: ANSWERS },
    });
    one.acknowledged = true;
  };
  return { invite, join };
};

/** What residents do, one thing after the other, until the host is gone. */
export const residentActs = (place: PeoplePlace, token: () => Promise<string>) => {
  const payout = payoutAct(place, token);
  const { notices, rename } = choices(place, token);
  const { invite, join } = joinings(place, token);
  const askAndChoose = async (): Promise<void> => {
    const dice = place.random();
    if (dice < 0.3) await payout();
    else if (dice < 0.75) await notices();
    else if (dice < 0.93) await rename();
    else if (dice < 0.97) await invite();
    else await join();
  };
  return { askAndChoose, payout };
};

export const operatorActs = (place: PeoplePlace, token: () => Promise<string>) => {
  const settle = async (): Promise<void> =>
    void (await call(place, { token: await token(), route: startRun, params: { date: place.world.settledOn } }));
  let ranAt = 0;
  const operate = async (): Promise<void> => {
    if (Date.now() - ranAt > 1000) {
      ranAt = Date.now();
      await settle();
    }
    const { payouts } = await call(place, { token: await token(), route: listPayouts, query: { state: 'pending' } });
    for (const { householdId, payoutId } of payouts.slice(0, 6)) {
      const decision = place.random() < 0.9 ? 'approve' : 'reject';
      await call(place, {
        token: await token(),
        route: decidePayout,
        params: { householdId, payoutId },
        body: { decision },
      });
    }
    await sleep(50);
  };
  return { operate, settle };
};
