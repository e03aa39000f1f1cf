import { describe, expect, test } from 'vitest';
import { monthOf } from '@hems/models/day/month-value';
import { monthPeriod } from '@hems/models/incentive/periods';
import { anOfficeWorld, CASHBACK, MAY, UTILITY } from '../../testing/office-world.ts';
import { aPartner } from '../../testing/partner-call.ts';
import { publishAggregates } from '../government/publish-aggregates.ts';
import { listSavings } from '../government/savings.ts';
import { readPublished } from '../stores/aggregates.ts';
import { putProfile } from '../stores/households.ts';
import { monthPut } from '../stores/months.ts';
import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { CONSENT_PURPOSES, CONSENTS, type ConsentPurpose, type Feed } from '@hems/models/household/consents';
import { UNUSUAL } from '@hems/models/usage/unusual';
import { smartEnergyPlatform } from '../../adapters/providers/connectors/smart-energy-platform.ts';
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
import { keepReward } from '../connectors/keep-reward.ts';
import { forecastHousehold } from '../forecast/forecast-household.ts';
import { watchUse } from '../ingest/watch-use.ts';
import { participantOf } from '../partners/participants.ts';
import { enrol } from '../programmes/enrol.ts';
import { readPlan } from '../plan/read-plan.ts';
import { moveApplication } from '../programmes/move-application.ts';
import { settleHousehold } from '../settle-household.ts';
import { openSubscription } from '../green-button/subscriptions.ts';
import { siteHomes } from '../sites/site-homes.ts';
import { householdSealer } from '../stores/data-keys.ts';
import { readOutsideRewards } from '../stores/outside-rewards.ts';
import { placePut, readKeptPlace } from '../stores/places.ts';
import { applicationsIn } from '../stores/enrolments.ts';
import { sitePut } from '../stores/sites.ts';
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
      await watchUse(world, { householdId, endMs, correlationId: 'the-last-reading' });
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

/** As a partner that is the office of the programme reads it. */
const saving = async (): Promise<Proof> => {
  const world = await anOfficeWorld();
  await world.addHome('home-a');
  await world.settleMay('home-a');
  const office = aPartner({ partnerId: UTILITY, programmes: [CASHBACK] });
  return {
    say: async (granted) => world.say('home-a', granted),
    flows: async () => (await listSavings(world, office, { programme: CASHBACK, period: MAY })).savings[0],
  };
};

/** A home whose region, month and neighbours are known, told apart by what its district publishes. */
const statistic = async (): Promise<Proof> => {
  const world = await anOfficeWorld();
  const region = '서울 마포구';
  const homes = Array.from({ length: 20 }, (_, n) => `home-${n}`);
  for (const id of homes) {
    await world.addHome(id);
    await putProfile(world.table, { householdId: id, telemetryId: `t-${id}`, buildingType: 'apartment', region });
  }
  const published = ['2026-05', '2026-06'];
  for (const month of published)
    for (const id of homes) {
      const { from, to } = monthPeriod(month);
      const days = new Map(datesBetween(from, to).map((date) => [date, aDay(date, 10_000)]));
      await world.table.put(monthPut(id, { month: monthOf(month, days, to), version: 0 }));
    }
  let next = 0;
  return {
    say: async (granted) => world.say('home-0', granted),
    flows: async () => {
      const month = published[next] ?? '';
      world.clock.set(dayStart(['2026-07-02', '2026-08-01'][next] ?? ''));
      next += 1;
      await publishAggregates(world);
      const seoul = (await readPublished(world.table, month)).find(({ province }) => province === 'seoul');
      return seoul?.total.shown ? seoul.total : undefined;
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

const site = async (): Promise<Proof> => {
  const world = await aWorld();
  const own = await householdSealer(world, householdId);
  const indexes = { addressIndex: 'flat', buildingIndex: 'building' };
  const { version } = await readKeptPlace(world, householdId);
  await world.table.put(placePut(householdId, own, { place: { name: 'demo' }, version, indexes }));
  const building = { partnerId: 'building', siteId: 'hanbit', name: 'demo', buildingIndex: 'building' };
  return { say: saying(world, 'bems'), flows: async () => (await siteHomes(world.table, building))[0] };
};

const outsideReward = async (): Promise<Proof> => {
  const world = await aWorld();
  const participant = await participantOf(world, smartEnergyPlatform.partnerId, householdId);
  const reward = { participant, amount: 300, unit: 'points', earnedOn: '2026-11-20', label: 'demo' } as const;
  let given = 0;
  return {
    say: saying(world, 'bems'),
    flows: async () => {
      given += 1;
      await keepReward(world.table)(smartEnergyPlatform, { ...reward, ref: `R-${given}` });
      return (await readOutsideRewards(world.table, householdId))[given - 1];
    },
  };
};

/** As the system of the home's building reads it. */
const greenButton = async (): Promise<Proof> => {
  const world = await aWorld();
  const own = await householdSealer(world, householdId);
  const indexes = { addressIndex: 'flat', buildingIndex: 'building' };
  const { version } = await readKeptPlace(world, householdId);
  await world.table.put(placePut(householdId, own, { place: { name: 'demo' }, version, indexes }));
  await world.table.put(sitePut({ partnerId: 'building', siteId: 'hanbit', name: 'demo', buildingIndex: 'building' }));
  const partner = aPartner({ partnerId: 'building', kind: 'bems' });
  const participant = await participantOf(world, 'building', householdId);
  const asked = { subscriptionId: participant, part: 'Batch' };
  return {
    say: saying(world, 'bems'),
    flows: async () => openSubscription(world, partner, asked).catch(() => undefined),
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
  saving,
  statistic,
  board,
  challenge,
  site,
  'outside-reward': outsideReward,
  'green-button': greenButton,
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
