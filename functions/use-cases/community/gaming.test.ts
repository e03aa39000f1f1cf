import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { challengeInputs, challengeTotal } from '@hems/models/community/challenge';
import { referenceOf, referenceWindow } from '@hems/models/community/reference';
import { standingOf } from '@hems/models/community/standing';
import type { DayItem } from '@hems/models/day/day-value';
import { sumAmounts } from '@hems/models/ledger/entry';
import { homeDays } from '@hems/models/testing/home-days';
import { aHome, type Home } from '@hems/models/testing/home';
import { readDays } from '../stores/days.ts';
import { readEntries, readInputs } from '../stores/ledger.ts';
import { announceChallenge } from './announce-challenge.ts';
import { joinCommunity, leaveCommunity } from './membership.ts';
import { joinChallenge } from './participate.ts';
import { readCommunity } from './read-community.ts';
import { aCommunity, aDay, datesBetween, type Community } from '../../testing/community-world.ts';

/**
 * A November of 20 neighbours, three homes that hardly save, and the same three homes by each way of cheating: everything through
 * the use cases, day by day. A cheat may earn nothing that its honest twin does not earn, and stand no higher.
 */
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
const ANNOUNCED = '2026-10-20';
const GOAL = 500;
const WASTED_FROM = '2026-08-03';
const SWAPPED_ON = '2026-11-11';
const REFERENCE = referenceWindow(NOVEMBER);

type Uses = ReadonlyMap<LocalDate, number>;
const live = (home: Home, from: LocalDate, to: LocalDate): [LocalDate, number][] =>
  [...homeDays(home, from, addDays(to, 1))].map(({ date, importWh }) => [date, importWh]);
const times = (uses: Uses, factor: number, dates: readonly LocalDate[]): Uses =>
  new Map([...uses].map(([date, wh]) => [date, dates.includes(date) ? Math.round(wh * factor) : wh]));
const days = (uses: Uses): DayItem[] => [...uses].map(([date, wh]) => aDay(date, wh));
const DATES = datesBetween(NOVEMBER.from, NOVEMBER.to);

/** The home lived so that it saves the share of its baseline in November, nothing before. */
const livedSaving = (home: Home, share: number, from: LocalDate): Uses => {
  const uses = new Map([...live(home, REFERENCE.from, REFERENCE.to), ...live(home, from, NOVEMBER.to)]);
  const known = [...uses].map(([date, wh]) => ({ date, wh }));
  const now = known.filter(({ date }) => date >= NOVEMBER.from);
  const standing = standingOf(referenceOf(NOVEMBER, known), now);
  if (standing.status === 'refused') throw new Error(standing.detail);
  return times(uses, ((1 - share) * standing.expectedWh) / standing.actualWh, DATES);
};

const PLAIN = { solarKwp: 0, batteryWh: 0, evW: 0 } as const;
const TWINS = [
  { name: 'family', home: aHome(3001, { ...PLAIN, people: 4 }) },
  { name: 'single', home: aHome(3002, { ...PLAIN, people: 1 }) },
  { name: 'heat pump', home: aHome(3003, { ...PLAIN, people: 2, heating: 'heat-pump' }) },
] as const;
const NEIGHBOURS = Array.from({ length: 20 }, (_, i) => ({
  householdId: `neighbour-${i}`,
  share: (i - 5) / 100 + 0.001,
  uses: livedSaving(aHome(3100 + i, PLAIN), (i - 5) / 100 + 0.001, NOVEMBER.from),
}));

/** What stands by in a home that everybody left: standby, refrigerator, kimchi refrigerator. */
const emptyWh = ({ people }: Home): number => Math.round((46 + 9 * people + 0.4 * 115 + 0.38 * 85) * 24);
const heaviest = (uses: Uses, count: number): LocalDate[] =>
  DATES.toSorted((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0)).slice(0, count);

const AWAY = datesBetween('2026-11-09', '2026-11-14');

type Cheat = { readonly name: string; readonly days: (uses: Uses, home: Home) => DayItem[] };
const CHEATS: readonly Cheat[] = [
  {
    name: 'wastes for three months before',
    days: (uses) => days(times(uses, 1.4, datesBetween(WASTED_FROM, '2026-10-31'))),
  },
  {
    name: 'leaves for six days',
    days: (uses, home) =>
      days(new Map([...uses].map(([date, wh]) => [date, AWAY.includes(date) ? emptyWh(home) : wh]))),
  },
  {
    name: 'leaves for half of the month',
    days: (uses, home) =>
      days(new Map([...uses].map(([date, wh]) => [date, date >= '2026-11-16' ? emptyWh(home) : wh]))),
  },
  {
    name: 'unplugs the meter on the three heaviest days',
    days: (uses) => {
      const hidden = heaviest(uses, 3);
      return days(uses).map((day) => (hidden.includes(day.date) ? aDay(day.date, undefined) : day));
    },
  },
  {
    name: 'unplugs the meter for two hours of each evening',
    days: (uses) =>
      days(uses).map((day) =>
        day.date < NOVEMBER.from
          ? day
          : { ...day, importWh: Math.round((day.importWh ?? 0) * 0.8), missingSlots: 8, missingImportSlots: 8 },
      ),
  },
  {
    name: 'puts in a meter that misses a third',
    days: (uses) => days(times(uses, 0.67, datesBetween(SWAPPED_ON, NOVEMBER.to))),
  },
  { name: 'moves a third to a second household', days: (uses) => days(times(uses, 0.67, DATES)) },
];
const SWAP = 'puts in a meter that misses a third';
const SPLIT = 'moves a third to a second household';

const idOf = (twin: string, cheat = 'is honest'): string => `${twin} that ${cheat}`;

let community: Community;
let aroundRefusal: { readonly settled: readonly number[]; readonly refused: readonly number[] };
const all: string[] = [];

const enter = async (householdId: string, own: readonly DayItem[]): Promise<void> => {
  const { addHome, addMeter, join, deps, on } = community;
  const member = await addHome(householdId);
  const last = householdId.includes(SWAP) ? addDays(SWAPPED_ON, -1) : NOVEMBER.to;
  await addMeter(householdId, { deviceId: `meter of ${householdId}`, from: '2025-09-01', to: last });
  await community.days(householdId, own);
  await join(member, ANNOUNCED);
  on('2026-10-25');
  await joinChallenge(deps, member, 'november');
  all.push(householdId);
};

/** A second meter takes the place of the first. */
const swap = async (householdId: string, from: LocalDate, to: LocalDate): Promise<void> => {
  const { addMeter, retireMeter } = community;
  await retireMeter(householdId, `meter of ${householdId}`);
  await addMeter(householdId, { deviceId: `new meter of ${householdId}`, from, to });
};

/** What left the first meter is measured in a second household of the same people. */
const split = async (householdId: string, uses: Uses): Promise<void> => {
  const second = `second ${householdId}`;
  const owner = `owner of ${householdId}`;
  const member = await community.addHome(second, { owner });
  await community.addMeter(second, { deviceId: `meter of ${second}`, from: NOVEMBER.from, to: NOVEMBER.to });
  await community.join(member, ANNOUNCED);
  await joinChallenge(community.deps, member, 'november');
  await community.days(
    second,
    DATES.map((date) => aDay(date, Math.round(0.33 * (uses.get(date) ?? 0)))),
  );
  all.push(second);
};

beforeAll(async () => {
  community = await aCommunity();
  community.on(ANNOUNCED);
  await announceChallenge(community.deps, {
    challengeId: 'november',
    title: { ko: '11월', en: 'November' },
    ...NOVEMBER,
    goalBasisPoints: GOAL,
    reward: { unit: 'points', amount: 1000 },
  });
  for (const { householdId, uses } of NEIGHBOURS) await enter(householdId, days(uses));
  for (const { name, home } of TWINS) {
    const uses = livedSaving(home, 0.0201, WASTED_FROM);
    await enter(idOf(name), days(uses));
    for (const cheat of CHEATS) await enter(idOf(name, cheat.name), cheat.days(uses, home));
    await swap(idOf(name, SWAP), SWAPPED_ON, NOVEMBER.to);
    await split(idOf(name, SPLIT), uses);
  }
  // the run of every tenth day, one that was refused before anybody was settled, that of the last day and one when nothing is left
  for (const date of ['2026-11-10', '2026-11-20']) await community.run(date, all);
  const ranks = () => Promise.all(all.map(rank));
  const settled = await ranks();
  await community.rank('2026-11-21');
  aroundRefusal = { settled, refused: await ranks() };
  for (const date of [NOVEMBER.to, '2026-12-05']) await community.run(date, all);
}, 60_000);

const standing = async (householdId: string) =>
  (await readCommunity(community.deps, { householdId, month: '2026-11' })).standing;
const rank = async (householdId: string): Promise<number> => {
  const { board } = await readCommunity(community.deps, { householdId, month: '2026-11' });
  return board?.own.rank ?? Infinity;
};
const earned = async (householdId: string): Promise<number> =>
  sumAmounts(await readEntries(community.table, householdId));
/** What a plain sum of the days that are there says of November, in basis points of the mean of the days `of`. */
const plainly = async (householdId: string, of: readonly [LocalDate, LocalDate]): Promise<number> => {
  const mean = (list: readonly DayItem[]): number => {
    const known = list.flatMap(({ importWh }) => importWh ?? []);
    return known.reduce((sum, wh) => sum + wh, 0) / known.length;
  };
  const [before, now] = await Promise.all([
    readDays(community.table, householdId, of),
    readDays(community.table, householdId, [NOVEMBER.from, NOVEMBER.to]),
  ]);
  return 10_000 * (1 - mean(now) / mean(before));
};

describe('by its own use of the year before', () => {
  test('a neighbour that reached the goal is paid, one that missed it is not, and the evidence gives the same again', async () => {
    for (const { householdId, share } of NEIGHBOURS) {
      expect([householdId, await earned(householdId)]).toEqual([householdId, share * 10_000 >= GOAL ? 1000 : 0]);
      const [entry, another] = await readEntries(community.table, householdId);
      expect(another).toBeUndefined();
      const frozen = await readInputs(community.table, entry!);
      expect(challengeTotal(challengeInputs.parse(frozen!.inputs))).toBe(await earned(householdId));
    }
  });

  test('a run that could settle nobody keeps everybody in the place of the day before', () => {
    const { settled, refused } = aroundRefusal;
    expect(settled.filter((place) => place < Infinity).length).toBeGreaterThan(20);
    expect(refused).toEqual(settled);
  });

  test('the board has everybody who stands, the best saver first, and the honest twins at their 2 %', async () => {
    const { board } = await readCommunity(community.deps, { householdId: 'neighbour-19', month: '2026-11' });
    expect(board).toMatchObject({ own: { rank: 1, savedBasisPoints: 1410 }, through: NOVEMBER.to, members: 32 });
    for (const { name } of TWINS) {
      const twin = await standing(idOf(name));
      expect(twin?.status === 'standing' && Math.abs(twin.savedBasisPoints - 200)).toBeLessThan(3);
      expect(await earned(idOf(name))).toBe(0);
    }
  });
});

describe.each(CHEATS)('a home that $name', ({ name: cheat }) => {
  test.each(TWINS)('earns nothing and stands no higher than its honest twin: $name', async ({ name }) => {
    const householdId = idOf(name, cheat);
    expect(await earned(householdId)).toBe(0);
    expect(await rank(householdId)).toBeGreaterThanOrEqual(await rank(idOf(name)));
  });

  test('would have gained by a plainer rule', async () => {
    const own = cheat.startsWith('wastes')
      ? (['2026-10-17', '2026-10-31'] as const)
      : ([REFERENCE.from, REFERENCE.to] as const);
    for (const { name } of TWINS) {
      const [gamed, honest] = [await plainly(idOf(name, cheat), own), await plainly(idOf(name), own)];
      expect(gamed - honest).toBeGreaterThan(90);
    }
  });
});

describe('why not', () => {
  test.each([
    ['leaves for half of the month', 'looks-absent'],
    ['unplugs the meter for two hours of each evening', 'too-few-days'],
    [SWAP, 'meter-changed'],
    [SPLIT, 'household-split'],
  ])('%s: %s', async (cheat, code) => {
    for (const { name } of TWINS) expect(await standing(idOf(name, cheat))).toMatchObject({ status: 'refused', code });
  });

  test('the second household has no weeks to be held against', async () => {
    for (const { name } of TWINS) {
      const second = `second ${idOf(name, SPLIT)}`;
      expect(await standing(second)).toMatchObject({ code: 'insufficient-history' });
      expect(await earned(second)).toBe(0);
    }
  });

  test('a second account on the same meter cannot join, until the first has left', async () => {
    const { addHome, addMeter, deps } = community;
    const member = await addHome('second account');
    await addMeter('second account', { deviceId: 'meter of neighbour-0', from: '2025-09-01', to: NOVEMBER.to });
    const joining = () => joinCommunity(deps, member, { textVersion: 1 });
    await expect(joining()).rejects.toMatchObject({ name: 'Refused', kind: 'conflict' });
    await leaveCommunity(deps, { householdId: 'neighbour-0', sub: 'owner of neighbour-0', role: 'owner' });
    expect((await joining()).leftOn).toBeNull();
  });
});

describe('what comes after the challenge', () => {
  const EARNER = 'neighbour-19';
  const results = async () =>
    Promise.all(all.map(async (householdId) => [householdId, await earned(householdId), await rank(householdId)]));
  let before: Awaited<ReturnType<typeof results>>;
  beforeAll(async () => {
    before = await results();
  });

  test('a meter that is replaced then takes no reward back', async () => {
    await community.addMeter(EARNER, { deviceId: `meter of ${EARNER}`, from: '2026-12-01', to: '2026-12-08' });
    await swap(EARNER, '2026-12-08', '2026-12-10');
    await community.run('2026-12-10', all);
    expect(await earned(EARNER)).toBe(1000);
    expect(await results()).toEqual(before);
  });

  test('a day of the challenge that is run again by hand turns no standing, board or reward back', async () => {
    await community.runByHand('2026-11-20', all);
    await community.runByHand('2026-11-10', [EARNER]);
    expect(await results()).toEqual(before);
  });
});
