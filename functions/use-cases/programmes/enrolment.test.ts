import { beforeEach, describe, expect, test } from 'vitest';
import { candidateDays } from '@hems/models/baseline/candidate-days';
import { addDays, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { agree } from '../../testing/agree.ts';
import { liveHours } from '../../testing/past-use.ts';
import { aSettling } from '../../testing/ledger.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { confirmCredit } from '../confirm-credit.ts';
import { applicationsIn, readEnrolment } from '../stores/enrolments.ts';
import { putDevice, putProfile, readProfile } from '../stores/households.ts';
import { settle } from '../stores/ledger.ts';
import { enrol } from './enrol.ts';
import { moveApplication, type Move } from './move-application.ts';
import { readProgrammes } from './read-programmes.ts';
import { withdraw } from './withdraw.ts';

const { householdId } = HOME;
const member = (role: 'owner' | 'member' | 'viewer') => ({ householdId, sub: role, role });
const OWNER = member('owner');
const CASHBACK = 'energy-cashback';
const OURS = 'per-home-dr-target';
const ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};

let world: World;
beforeEach(async () => {
  world = await aWorld();
  await agree(world.table, householdId, 'government');
  at('2026-05-20');
});
const at = (date: LocalDate): void => world.clock.set(dayStart(date));
const apply = (programme = CASHBACK, answers: Record<string, boolean> = ANSWERS) =>
  enrol(world, OWNER, { programme, answers });
const move = (to: Move['to'], reason?: string) =>
  moveApplication(world, { householdId, programme: CASHBACK, to, ...(reason !== undefined && { reason }) });
const kept = () => readEnrolment(world.table, householdId, CASHBACK);

describe('enrolling', () => {
  test('in a programme of ours is in force at once, from tomorrow', async () => {
    expect(await apply(OURS, {})).toEqual({
      programme: OURS,
      state: 'enrolled',
      from: '2026-05-21',
      withdrawnOn: null,
      answers: {},
      history: [{ state: 'enrolled', on: '2026-05-20' }],
    });
  });

  test('in a programme of the utility is an application, from the month it is made in', async () => {
    expect(await apply()).toMatchObject({ state: 'applied', from: '2026-05-01', answers: ANSWERS });
  });

  test('again changes nothing, not even when it is asked twice at once', async () => {
    const [one, other] = await Promise.all([apply(), apply()]);
    expect(one).toEqual(other);
    at('2026-06-02');
    expect(await apply(CASHBACK, { ...ANSWERS, 'residential-contract': false })).toEqual(one);
    expect((await kept()).version).toBe(1);
  });

  test('is refused with the condition that is not met, and with those that nobody answered', async () => {
    await expect(apply(CASHBACK, { ...ANSWERS, 'registered-at-address': false })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'not eligible for energy-cashback: registered-at-address is not met',
    });
    await expect(apply('carbon-points-energy', { 'lives-outside-seoul': true })).rejects.toMatchObject({
      kind: 'invalid',
      message: 'answers: say whether registered-at-address is met',
    });
    expect((await kept()).version).toBe(0);
  });

  const CARBON = 'carbon-points-energy';
  const liveIn = async (region: string): Promise<void> =>
    putProfile(world.table, { ...(await readProfile(world.table, householdId))!, region });

  test('in Seoul is refused where Seoul is excluded, whatever the resident says', async () => {
    await liveIn('서울 마포구');
    await expect(apply(CARBON, { 'registered-at-address': true, 'lives-outside-seoul': true })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'answers: lives-outside-seoul is not met, because the home is in 서울 마포구; leave the answer out',
    });
    await expect(apply(CARBON, { 'registered-at-address': true })).rejects.toMatchObject({
      kind: 'conflict',
      message: `not eligible for ${CARBON}: lives-outside-seoul is not met (the home is in 서울 마포구)`,
    });
    expect((await readEnrolment(world.table, householdId, CARBON)).enrolment).toBeUndefined();
  });

  test('elsewhere needs no word on Seoul; where the province is not known the resident is asked', async () => {
    const say = () => apply(CARBON, { 'registered-at-address': true });
    await liveIn('중구');
    await expect(say()).rejects.toMatchObject({ message: 'answers: say whether lives-outside-seoul is met' });
    await liveIn('전남 나주시');
    await expect(apply(CARBON, { 'registered-at-address': true, 'lives-outside-seoul': false })).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await say()).state).toBe('applied');
  });

  test('beside another programme of the utility is refused, until that one is left or has ended', async () => {
    const PEAK = 'energy-cashback-evening-peak';
    at('2026-07-10');
    await apply(PEAK, { 'residential-contract': true, 'registered-at-address': true });
    await expect(apply()).rejects.toMatchObject({
      kind: 'conflict',
      message: `answers: in-no-other-utility-programme is not met, because the household has joined or applied for ${PEAK}; leave the answer out`,
    });
    const { 'in-no-other-utility-programme': _unsaid, ...others } = ANSWERS;
    await expect(apply(CASHBACK, others)).rejects.toMatchObject({ kind: 'conflict' });
    await withdraw(world, OWNER, { programme: PEAK });
    // the utility has others that are joined elsewhere, so the resident is asked
    await expect(apply(CASHBACK, others)).rejects.toMatchObject({ kind: 'invalid' });
    expect((await apply()).state).toBe('applied');
    await withdraw(world, OWNER, { programme: CASHBACK });
    await apply(PEAK, { 'residential-contract': true, 'registered-at-address': true });
    at('2026-09-10');
    expect((await apply()).state).toBe('applied');
  });

  test('is for owners and members; a viewer is refused, and nothing is written', async () => {
    await expect(enrol(world, member('viewer'), { programme: OURS, answers: {} })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(withdraw(world, member('viewer'), { programme: OURS })).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await enrol(world, member('member'), { programme: OURS, answers: {} })).state).toBe('enrolled');
  });

  test.each([
    ['no-such-programme', 'not-found'],
    ['energy-cashback-evening-peak', 'conflict'],
    ['community-challenge', 'invalid'],
  ])('in %s is refused as %s', async (programme, kind) => {
    await expect(apply(programme)).rejects.toMatchObject({ kind });
  });
});

describe('a programme with a choice of baselines', () => {
  const DR = 'national-dr';
  const answers = { 'contract-of-200-kw-or-less': true, 'joined-through-an-aggregator': true };
  const today = '2026-05-20';

  test('fixes the one that fits the last weeks of the home better', async () => {
    const { dates } = candidateDays({ eventDate: today, earlierEventDates: new Set() }, 30);
    const hours = dates.flatMap((date, i) => [17, 18, 19, 20].map((hour) => ({ date, hour, wh: 2000 - 40 * i })));
    await liveHours(world, hours);
    at(today);
    const { history } = await apply(DR, answers);
    expect(history).toMatchObject([{ state: 'applied', baselineMethod: { method: 'max-4-of-5', by: 'fit' } }]);
    expect((await readEnrolment(world.table, householdId, DR)).enrolment?.history).toEqual(history);
  });

  test('takes the first of the rule where nothing is known of the home', async () => {
    expect((await apply(DR, answers)).history).toMatchObject([
      { baselineMethod: { method: 'mid-6-of-10', by: 'rule' } },
    ]);
  });
});

describe('withdrawing', () => {
  test('ends taking part with the day, and once is enough', async () => {
    await apply(OURS, {});
    at('2026-05-25');
    const withdrawn = await withdraw(world, OWNER, { programme: OURS });
    expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawnOn: '2026-05-25' });
    at('2026-05-26');
    expect(await withdraw(world, OWNER, { programme: OURS })).toEqual(withdrawn);
  });

  test('can be taken back by enrolling again, with all steps kept', async () => {
    await apply();
    await withdraw(world, OWNER, { programme: CASHBACK });
    at('2026-06-03');
    expect(await apply()).toMatchObject({
      state: 'applied',
      from: '2026-06-01',
      withdrawnOn: null,
      history: [{ state: 'applied' }, { state: 'withdrawn' }, { state: 'applied', on: '2026-06-03' }],
    });
  });

  test('from what nobody joined, or what was rejected, is refused', async () => {
    await expect(withdraw(world, OWNER, { programme: CASHBACK })).rejects.toMatchObject({ kind: 'not-found' });
    await apply();
    await move('under-review');
    await move('rejected', 'the name on the contract differs');
    await expect(withdraw(world, OWNER, { programme: CASHBACK })).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('while the office approves ends as one of the two, with both told', async () => {
    await apply();
    await move('under-review');
    const [approved, withdrawn] = await Promise.allSettled([
      move('approved'),
      withdraw(world, OWNER, { programme: CASHBACK }),
    ]);
    expect(withdrawn.status).toBe('fulfilled');
    expect((await kept()).enrolment?.state).toBe('withdrawn');
    const steps = (await kept()).enrolment?.history.map(({ state }) => state);
    expect(steps).toEqual(
      approved.status === 'fulfilled'
        ? ['applied', 'under-review', 'approved', 'withdrawn']
        : ['applied', 'under-review', 'withdrawn'],
    );
  });
});

describe('an application', () => {
  test('moves one step at a time, each with its day, and is found by its state', async () => {
    await apply();
    const listed = async () => ({
      applied: (await applicationsIn(world.table, 'applied')).map((one) => one.householdId),
      'under-review': (await applicationsIn(world.table, 'under-review')).map((one) => one.householdId),
      approved: (await applicationsIn(world.table, 'approved')).map((one) => one.householdId),
    });
    expect(await listed()).toEqual({ applied: [householdId], 'under-review': [], approved: [] });
    at('2026-05-21');
    await move('under-review');
    expect(await listed()).toEqual({ applied: [], 'under-review': [householdId], approved: [] });
    at('2026-05-22');
    expect(await move('approved')).toMatchObject({
      state: 'approved',
      from: '2026-05-01',
      history: [
        { state: 'applied', on: '2026-05-20' },
        { state: 'under-review', on: '2026-05-21' },
        { state: 'approved', on: '2026-05-22' },
      ],
    });
    expect(await listed()).toEqual({ applied: [], 'under-review': [], approved: [householdId] });
  });

  test.each([
    ['approved', 'the application for energy-cashback is applied; it may become under-review'],
    ['rejected', 'the application for energy-cashback is applied; it may become under-review'],
    ['paid', 'the application for energy-cashback is applied; it may become under-review'],
  ] as const)('does not jump to %s', async (to, message) => {
    await apply();
    await expect(move(to, 'because')).rejects.toMatchObject({ kind: 'conflict', message });
  });

  test('is not rejected without a reason, and the reason is kept', async () => {
    await apply();
    await move('under-review');
    await expect(move('rejected')).rejects.toMatchObject({ kind: 'invalid' });
    expect((await move('rejected', 'not the contract holder')).history.at(-1)).toEqual({
      state: 'rejected',
      on: '2026-05-20',
      reason: 'not the contract holder',
    });
    await expect(move('approved')).rejects.toMatchObject({
      message: 'the application for energy-cashback is rejected; it moves no further',
    });
    expect((await apply()).state).toBe('applied');
  });

  test('moved twice is moved once', async () => {
    await apply();
    const [one, other] = await Promise.all([move('under-review'), move('under-review')]);
    expect(one).toEqual(other);
    expect(one.history).toHaveLength(2);
  });

  test('is paid when a credit of it stands confirmed by its payer, and then takes part as before', async () => {
    await apply();
    await move('under-review');
    await move('approved');
    await expect(move('paid')).rejects.toMatchObject({ kind: 'conflict' });
    const settling = { programme: CASHBACK, period: '2026-05', payer: 'utility', unit: 'won' } as const;
    await settle(world, aSettling({ ...settling, endsOn: '2026-05-31', total: 3200 }), {});
    await expect(move('paid')).rejects.toMatchObject({ kind: 'conflict' });
    await confirmCredit(world, { householdId, ...settling, amount: 3200, report: 'bill 2026-06', by: 'staff' });
    expect((await move('paid')).state).toBe('paid');
    expect(await applicationsIn(world.table, 'approved')).toEqual([]);
    await expect(withdraw(world, OWNER, { programme: CASHBACK })).resolves.toMatchObject({ state: 'withdrawn' });
  });

  test('is not paid by what was confirmed of an earlier one', async () => {
    const approve = async () => {
      await apply();
      await move('under-review');
      await move('approved');
    };
    const confirmed = async (period: string, endsOn: LocalDate) => {
      const settling = { programme: CASHBACK, period, payer: 'utility', unit: 'won' } as const;
      await settle(world, aSettling({ ...settling, endsOn, total: 3200 }), {});
      await confirmCredit(world, { householdId, ...settling, amount: 3200, report: `bill ${period}`, by: 'staff' });
    };
    await approve();
    await confirmed('2026-05', '2026-05-31');
    at('2026-06-10');
    await withdraw(world, OWNER, { programme: CASHBACK });
    at('2026-09-10');
    await approve();
    await expect(move('paid')).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('since 2026-09-01') as string,
    });
    await confirmed('2026-09', '2026-09-30');
    expect((await move('paid')).state).toBe('paid');
  });

  test('of a household that never applied is not found; an enrolment in a programme of ours has no office', async () => {
    await expect(move('under-review')).rejects.toMatchObject({ kind: 'not-found' });
    await apply(OURS, {});
    await expect(moveApplication(world, { householdId, programme: OURS, to: 'under-review' })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  test('that was moved since the index was written is left out of the old list', async () => {
    await apply();
    const { items } = await world.table.query({ table: 'ledger', by: 'i1', value: 'ENROL#applied' });
    await move('under-review');
    const lagging = { ...world.table, query: async () => ({ items }) };
    expect(await applicationsIn(lagging, 'applied')).toEqual([]);
  });
});

describe('the programmes of a household', () => {
  const viewOf = async (programme: string) =>
    (await readProgrammes(world, householdId)).find((one) => one.programme === programme)!;

  test('say condition by condition what is known: a meter of ours is, what only the resident knows is not', async () => {
    expect(await viewOf(OURS)).toMatchObject({
      eligible: true,
      conditions: [{ condition: 'hourly-meter', met: true }],
      enrolment: null,
    });
    expect(await viewOf('apartment-mission')).toMatchObject({
      eligible: null,
      conditions: [
        { condition: 'lives-in-the-scheme-area', met: null },
        { condition: 'hourly-meter', met: true },
      ],
    });
  });

  test('say from where the home is whether Seoul is excluded, and ask nothing of what is known', async () => {
    await putProfile(world.table, { ...(await readProfile(world.table, householdId))!, region: '서울 마포구' });
    expect(await viewOf('carbon-points-energy')).toMatchObject({
      eligible: false,
      conditions: [{ met: null }, { condition: 'lives-outside-seoul', met: false }],
    });
  });

  test('do not count a meter that is out of service', async () => {
    await putDevice(world.table, householdId, {
      deviceId: 'meter-1',
      kind: 'smart_meter',
      name: 'meter-1',
      gateway: HOME.gateway,
      status: 'retired',
    });
    expect(await viewOf(OURS)).toMatchObject({ eligible: null, conditions: [{ met: null }] });
  });

  test('name the version in force today with its source, or none', async () => {
    expect((await viewOf(CASHBACK)).version).toMatchObject({
      id: 'energy-cashback/2024-01-01',
      provisional: [{ code: 'O1' }],
    });
    at('2027-01-01');
    expect((await viewOf(CASHBACK)).version).toBeNull();
  });

  test('hold the enrolment with the answers it was made with', async () => {
    const enrolment = await apply();
    expect(await viewOf(CASHBACK)).toMatchObject({ eligible: true, enrolment });
    expect(addDays(enrolment.from, 19)).toBe('2026-05-20');
  });
});
