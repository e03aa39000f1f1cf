import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { readRunningBill } from '@hems/shared/api/bill';
import { listChallenges } from '@hems/shared/api/challenges';
import { readCommunity } from '@hems/shared/api/community';
import { readDays } from '@hems/shared/api/days';
import { readLive } from '@hems/shared/api/live';
import { readRewards, type Rewards } from '@hems/shared/api/rewards';
import { readToday } from '@hems/shared/api/today';
import { readDeviceUsage, readUsage, type Grain, type UsageInterval } from '@hems/shared/api/usage';
import type { Call } from '@hems/shared/client/client';
import { toldBy, type Told } from './told.ts';

const sumOf = (values: readonly (number | null | undefined)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
const loadOf = (intervals: readonly UsageInterval[]): number => sumOf(intervals.map(({ loadWh }) => loadWh));
const importOf = (intervals: readonly UsageInterval[]): number => sumOf(intervals.map(({ importWh }) => importWh));

/** All pages of the ledger. */
const allEntries = async (call: Call, householdId: string): Promise<Rewards> => {
  const page = async (cursor: string | null): Promise<Rewards> => {
    const answer = await call(readRewards, { params: { householdId }, query: cursor === null ? {} : { cursor } });
    if (answer.cursor === null) return answer;
    const { entries } = await page(answer.cursor);
    return { ...answer, entries: [...answer.entries, ...entries] };
  };
  return page(null);
};

/** What the service answers about a home at one moment. */
export const readAnswers = async (call: Call, householdId: string, today: LocalDate) => {
  const params = { householdId };
  const yesterday = addDays(today, -1);
  const usage = async (grain: Grain, from: LocalDate, to: LocalDate): Promise<UsageInterval[]> =>
    (await call(readUsage, { params, query: { grain, from, to } })).intervals;
  const bill = await call(readRunningBill, { params, query: {} });
  const { from } = bill.period;
  const [live, now, days, quarters, hours, byDay, byMonth, devices, community, challenges, rewards] = await Promise.all(
    [
      call(readLive, { params }),
      call(readToday, { params }),
      call(readDays, { params, query: { from, to: yesterday } }),
      usage('15min', yesterday, today),
      usage('hour', yesterday, today),
      usage('day', addDays(today, -420), today),
      usage('month', `${addDays(today, -420).slice(0, 7)}-01`, today),
      call(readDeviceUsage, { params, query: { from: today, to: today } }),
      call(readCommunity, { params, query: {} }),
      call(listChallenges, { params }),
      allEntries(call, householdId),
    ],
  );
  return { today, bill, live, now, days, quarters, hours, byDay, byMonth, devices, community, challenges, rewards };
};
export type Answers = Awaited<ReturnType<typeof readAnswers>>;

const onDay = (intervals: readonly UsageInterval[], date: LocalDate): UsageInterval[] =>
  intervals.filter(({ startMs }) => localDate(startMs) === date);

/** Today and yesterday to the Wh, at every grain. */
const grainsOf = ({ today, quarters, hours, byDay }: Answers): Told[] =>
  Object.entries({ quarters, hours, days: byDay }).flatMap(([where, all]) => {
    const [own, before] = [onDay(all, today), onDay(all, addDays(today, -1))];
    return toldBy({
      where,
      tells: {
        'today, Wh of the home': loadOf(own),
        'today, Wh of the grid': importOf(own),
        'yesterday, Wh of the home': loadOf(before),
        'yesterday, Wh of the grid': importOf(before),
      },
    });
  });

/** And by every other route. */
const energyOf = ({ live, now, devices: { devices, loadWh, otherWh }, days: { days } }: Answers): Told[] => [
  ...toldBy({ where: 'live', tells: { 'today, Wh of the home': live.today.loadWh ?? 'nothing' } }),
  ...toldBy({ where: 'the home of the devices', tells: { 'today, Wh of the home': loadWh ?? 'nothing' } }),
  ...toldBy({
    where: 'devices and the rest',
    tells: { 'today, Wh of the home': sumOf([...devices.map(({ usedWh }) => usedWh), otherWh]) },
  }),
  ...toldBy({
    where: 'today',
    tells: { 'today, Wh of the home': now.loadWh ?? 'nothing', 'today, Wh of the grid': now.importWh ?? 'nothing' },
  }),
  ...toldBy({
    where: 'yesterday’s item',
    tells: {
      'yesterday, Wh of the home': days.at(-1)?.loadWh ?? 'nothing',
      'yesterday, Wh of the grid': days.at(-1)?.importWh ?? 'nothing',
    },
  }),
];

/** What the saving of today was held against: the use until the same time. */
const savingOf = ({ now: { saving, untilMs }, quarters, today }: Answers): Told[] => {
  if (saving.status !== 'saved' || untilMs === null) return [];
  const what = 'until the last quarter, Wh of the grid';
  const until = onDay(quarters, today).filter(({ startMs }) => startMs < untilMs);
  return [
    ...toldBy({ where: 'the saving', tells: { [what]: saving.expectedWh - saving.savedWh } }),
    ...toldBy({ where: 'quarters', tells: { [what]: importOf(until) } }),
  ];
};

/** Every month of a year, to the Wh: from its days and from its own item. */
const monthsOf = ({ byDay, byMonth }: Answers): Told[] => {
  const days = Map.groupBy(byDay, ({ label }) => label.slice(0, 7));
  // the first one is cut by the span
  return byMonth.slice(1).flatMap((month) => [
    ...toldBy({ where: 'its item', tells: { [`${month.label}, Wh`]: `${month.loadWh} ${month.importWh}` } }),
    ...toldBy({
      where: 'its days',
      tells: {
        [`${month.label}, Wh`]: `${loadOf(days.get(month.label) ?? [])} ${importOf(days.get(month.label) ?? [])}`,
      },
    }),
  ]);
};

const moneyOf = ({ bill, now, days, byDay }: Answers): Told[] => {
  const toDate = bill.toDate.status === 'priced' ? bill.toDate.won.bill : 'nothing';
  const saved = days.days.flatMap(({ saving }) => (saving?.status === 'saved' ? [saving] : []));
  return [
    ...toldBy({ where: 'the bill', tells: { 'bill to date, won': toDate, 'billed so far, Wh': bill.use.importWh } }),
    ...toldBy({
      where: 'its days and today',
      tells: {
        'bill to date, won': sumOf(days.days.map(({ cost }) => cost?.won)) + (now.costWon ?? 0),
        'billed so far, Wh': importOf(byDay.filter(({ label }) => label >= bill.period.from)),
      },
    }),
    ...toldBy({ where: 'the sum', tells: { 'saved in the period': `${days.saved?.savedWh} ${days.saved?.savedWon}` } }),
    ...toldBy({
      where: 'its savings',
      tells: {
        'saved in the period': `${sumOf(saved.map(({ savedWh }) => savedWh))} ${sumOf(saved.map(({ savedWon }) => savedWon))}`,
      },
    }),
  ];
};

const communityOf = ({ community: { board, month }, challenges: { challenges } }: Answers): Told[] => {
  if (board === null) return [];
  const own = board.neighbours.find((place) => place.own);
  const running = challenges.find(({ phase, joined, from }) => phase === 'running' && joined && from.startsWith(month));
  const progress = running?.progress;
  return [
    ...toldBy({
      where: 'the board',
      tells: { rank: board.own.rank, 'saved, basis points': board.own.savedBasisPoints },
    }),
    ...toldBy({
      where: 'its row',
      tells: { rank: own?.rank ?? 'nothing', 'saved, basis points': own?.savedBasisPoints ?? 'nothing' },
    }),
    ...(progress?.status === 'standing'
      ? toldBy({ where: 'the challenge', tells: { 'saved, basis points': progress.savedBasisPoints } })
      : []),
  ];
};

const balancesOf = ({ rewards: { balances, entries, payouts } }: Answers): Told[] =>
  (['won', 'points'] as const).flatMap((unit) => {
    const own = entries.filter((entry) => entry.unit === unit);
    const paid = payouts.filter((one) => one.unit === unit && one.state === 'paid');
    const { earned, expected, confirmed, paid: out } = balances[unit];
    const byUs = own.filter(({ payer }) => payer === 'us');
    return [
      ...toldBy({
        where: 'the balance',
        tells: {
          [`earned, ${unit}`]: earned,
          [`owed by others, ${unit}`]: expected + confirmed,
          [`paid, ${unit}`]: out,
        },
      }),
      ...toldBy({
        where: 'the entries',
        tells: {
          [`earned, ${unit}`]: sumOf(byUs.map(({ amount }) => amount)),
          [`owed by others, ${unit}`]: sumOf(own.map(({ amount }) => amount)) - sumOf(byUs.map(({ amount }) => amount)),
          [`paid, ${unit}`]: sumOf(paid.map(({ amount }) => amount)),
        },
      }),
    ];
  });

/** Every figure that the answers tell more than once. */
export const toldByAnswers = (answers: Answers): Told[] => [
  ...grainsOf(answers),
  ...energyOf(answers),
  ...savingOf(answers),
  ...monthsOf(answers),
  ...moneyOf(answers),
  ...communityOf(answers),
  ...balancesOf(answers),
];
