import { describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { CONSENT_PURPOSES, CONSENTS, type ConsentPurpose, type Feed } from '@hems/models/household/consents';
import { UNUSUAL } from '@hems/models/usage/unusual';
import { anAdvisedHome, skyOf } from '../../testing/advised-home.ts';
import { aCommunity, aDay, datesBetween } from '../../testing/community-world.ts';
import { forecasting } from '../../testing/forecasting.ts';
import { liveHours, liveMonths, months } from '../../testing/past-use.ts';
import { aPlannedWorld } from '../../testing/planned-world.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { listAdvice } from '../advice/list-advice.ts';
import { announceChallenge } from '../community/announce-challenge.ts';
import { joinChallenge } from '../community/participate.ts';
import { readChallenges } from '../community/read-challenges.ts';
import { readCommunity } from '../community/read-community.ts';
import { forecastHousehold } from '../forecast/forecast-household.ts';
import { watchUse } from '../ingest/watch-use.ts';
import { enrol } from '../programmes/enrol.ts';
import { readPlan } from '../plan/read-plan.ts';
import { moveApplication } from '../programmes/move-application.ts';
import { settleHousehold } from '../settle-household.ts';
import { applicationsIn } from '../stores/enrolments.ts';
import { readDayForecasts } from '../stores/forecasts.ts';
import type { Member } from '../stores/households.ts';
import { readEntries } from '../stores/ledger.ts';
import { putUsual } from '../stores/usual.ts';
import { setConsent } from './set-consent.ts';

const { householdId } = HOME;
const OWNER: Member = { householdId, sub: 'owner', role: 'owner' };
/** Opens the feed, and answers how to see what flows. */
type Proof = { readonly flows: () => Promise<unknown>; readonly say: (granted: boolean) => Promise<void> };

const saying =
  (world: Parameters<typeof setConsent>[0], purpose: ConsentPurpose, member = OWNER) =>
  (granted: boolean): Promise<void> =>
    setConsent(world, member, { purpose, granted, textVersion: CONSENTS[purpose].textVersion });

const forecast = async (): Promise<Proof> => {
  const world = await aWorld();
  await liveMonths(world, { '2026-10': 300, '2026-11': 300 });
  let date: LocalDate = localDate(world.clock.now());
  return {
    say: saying(world, 'analysis'),
    flows: async () => {
      date = addDays(date, 1);
      world.clock.set(dayStart(date));
      await forecastHousehold(forecasting(world), { householdId, date: addDays(date, -1) });
      return (await readDayForecasts(world.table, householdId, [date]))[0];
    },
  };
};

const advice = async (): Promise<Proof> => {
  const world = await aWorld();
  await anAdvisedHome(world);
  return {
    say: saying(world, 'analysis'),
    flows: async () => (await listAdvice({ ...world, weather: skyOf(world) }, householdId)).suggestions[0],
  };
};

const plan = async (): Promise<Proof> => {
  const world = await aPlannedWorld();
  await world.charge(300);
  await world.allow();
  return {
    say: async (granted) => await saying(world, 'analysis')(granted),
    flows: async () => {
      world.clock.set(world.clock.now() + HOUR_MS);
      await world.charge(300);
      world.sent.length = 0;
      await world.run();
      const { plan: shown } = await readPlan(world.plan, householdId);
      return shown ?? undefined;
    },
  };
};

const unusualUse = async (): Promise<Proof> => {
  const world = await aWorld();
  const date = localDate(world.clock.now());
  const quiet = Array.from({ length: UNUSUAL.days }, (_, i) => addDays(date, i - UNUSUAL.days));
  const days = new Map(quiet.map((day) => [day, Array.from({ length: 24 }, () => 300)]));
  await putUsual(world.table, householdId, { days, date });
  await liveHours(
    world,
    [9, 10].map((hour) => ({ date, hour, wh: 6000 })),
  );
  const endMs = dayStart(date) + 11 * HOUR_MS;
  world.clock.set(endMs + 60_000);
  return {
    say: saying(world, 'analysis'),
    flows: async () => {
      world.said.length = 0;
      await watchUse(world, { householdId, endMs });
      return world.said[0];
    },
  };
};

const ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};
const enrolled = async (): Promise<{ world: World; say: Proof['say'] }> => {
  const world = await aWorld();
  world.clock.set(dayStart('2026-05-20'));
  const say = saying(world, 'government');
  await say(true);
  await enrol(world, OWNER, { programme: 'energy-cashback', answers: ANSWERS });
  return { world, say };
};

const application = async (): Promise<Proof> => {
  const { world, say } = await enrolled();
  return { say, flows: async () => (await applicationsIn(world.table, 'applied'))[0] };
};

const settlement = async (): Promise<Proof & { entries: () => Promise<unknown[]> }> => {
  const { world, say } = await enrolled();
  await liveMonths(world, { ...months('2024-04', 25, 350), '2026-05': 310 });
  const move = { householdId, programme: 'energy-cashback' };
  await moveApplication(world, { ...move, to: 'under-review' });
  await moveApplication(world, { ...move, to: 'approved' });
  let kwh = 310;
  return {
    say,
    entries: () => readEntries(world.table, householdId),
    flows: async () => {
      // later readings of May would be settled as a correction
      await liveMonths(world, { '2026-05': (kwh -= 10) });
      world.clock.set(dayStart('2026-06-01'));
      const before = (await readEntries(world.table, householdId)).length;
      await settleHousehold(world, { householdId, date: '2026-05-31' });
      return (await readEntries(world.table, householdId))[before];
    },
  };
};

const DATE = '2026-11-10';
const REFERENCE = datesBetween('2025-10-25', '2025-12-10').map((date) => aDay(date, 10_000));
const community = async () => {
  const world = await aCommunity();
  const homes = ['home', 'neighbour'];
  const [member] = await Promise.all(homes.map((id) => world.addHome(id)));
  for (const id of homes) {
    const owner = { householdId: id, sub: `owner of ${id}`, role: 'owner' } as const;
    await world.days(id, [...REFERENCE, ...datesBetween('2026-10-01', DATE).map((date) => aDay(date, 9000))]);
    await world.join(owner, '2026-10-01');
  }
  return { world, homes, member: member!, say: saying(world, 'community', member) };
};

const board = async (): Promise<Proof> => {
  const { world, homes, say } = await community();
  for (let i = 0; i < 20; i += 1) {
    const owner = await world.addHome(`other-${i}`);
    await world.days(owner.householdId, [
      ...REFERENCE,
      ...datesBetween('2026-10-01', DATE).map((date) => aDay(date, 9500)),
    ]);
    await world.join(owner, '2026-10-01');
    homes.push(owner.householdId);
  }
  await world.run(DATE, homes);
  // the board as another home is shown it
  return {
    say,
    flows: async () => {
      const { board: shown } = await readCommunity(world.deps, { householdId: 'neighbour' });
      const rows = [...(shown?.top ?? []), ...(shown?.neighbours ?? [])];
      return rows.find(({ own, savedBasisPoints }) => !own && savedBasisPoints === 1000);
    },
  };
};

const challenge = async (): Promise<Proof> => {
  const { world, member, say } = await community();
  world.on('2026-10-20');
  await announceChallenge(world.deps, {
    challengeId: 'ten-days',
    title: { ko: '열흘', en: 'Ten days' },
    from: '2026-11-01',
    to: DATE,
    goalBasisPoints: 500,
    reward: { unit: 'points', amount: 100 },
  });
  await joinChallenge(world.deps, member, 'ten-days');
  world.on('2026-11-05');
  return {
    say,
    flows: async () => {
      const challenges = await readChallenges(world.deps, member.householdId);
      return challenges.find(({ joined, progress }) => joined && progress !== null);
    },
  };
};

/** The proof of it stands beside its gate: `use-cases/notices`. */
type Elsewhere = 'offer';
const PROOFS: Record<Exclude<Feed, Elsewhere>, () => Promise<Proof>> = {
  forecast,
  plan,
  'unusual-use': unusualUse,
  advice,
  application,
  settlement,
  board,
  challenge,
};

describe.each(Object.entries(PROOFS))('the feed %s', (_feed, open) => {
  test('flows while it is agreed to, and the next time after a withdrawal nothing does', async () => {
    const { flows, say } = await open();
    await say(true);
    expect(await flows()).toBeDefined();
    await say(false);
    expect(await flows()).toBeUndefined();
  });
});

test('every feed of the registry is proved here or beside the notices', () => {
  const elsewhere: Feed[] = ['offer'] satisfies Elsewhere[];
  const feeds = CONSENT_PURPOSES.flatMap((purpose) => CONSENTS[purpose].feeds);
  expect(feeds.toSorted()).toEqual([...(Object.keys(PROOFS) as Feed[]), ...elsewhere].toSorted());
});

test('what was settled before the withdrawal stays as it is, though later readings would have changed it', async () => {
  const { flows, say, entries } = await settlement();
  const entry = await flows();
  await say(false);
  await flows();
  expect(await entries()).toEqual([entry]);
});
