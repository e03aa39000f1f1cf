import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { plainLoad } from '@hems/models/advice/testing/advice-home';
import { CONSENTS } from '@hems/models/household/consents';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { aFoundAdvice, anAdvisedHome, skyOf } from '../../testing/advised-home.ts';
import { aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { listDevices, putDevice, type Member } from '../stores/households.ts';
import { answersPut, foundPut, readAnswers, readFound } from '../stores/advice.ts';
import { setConsent } from '../privacy/set-consent.ts';
import { answerAdvice } from './answer-advice.ts';
import { listAdvice } from './list-advice.ts';

const { householdId } = HOME;
const OWNER: Member = { householdId, sub: 'owner', role: 'owner' };
const TODAY = localDate(NOON);
const SEOUL = { region: '서울 마포구' };

let world: World;
let weather: ReturnType<typeof skyOf>;
beforeEach(async () => {
  world = await aWorld();
  weather = skyOf(world);
});
const list = () => listAdvice({ ...world, weather }, householdId);
const rules = async () => (await list()).suggestions.map(({ rule }) => rule);
const answer = (adviceId: string, said: Omit<Parameters<typeof answerAdvice>[2], 'adviceId'>) =>
  answerAdvice(world, OWNER, { adviceId, ...said });
const on = (date: string): void => world.clock.set(dayStart(date) + 12 * HOUR_MS);

describe('answers', () => {
  beforeEach(() => anAdvisedHome(world));
  const ID = `standby_${TODAY}`;
  const candidate = (adviceId: string) => ({ ...aFoundAdvice(adviceId).candidates[0]! });

  test('what is put off comes back after two weeks, and says so', async () => {
    await list();
    expect(await answer(ID, { answer: 'later' })).toEqual({ adviceId: ID, state: 'later' });
    expect(await rules()).toEqual([]);
    on(addDays(TODAY, 14));
    await anAdvisedHome(world);
    expect((await list()).suggestions).toMatchObject([{ adviceId: ID, state: 'later', since: TODAY }]);
    await answer(ID, { answer: 'later' });
    expect(await rules()).toEqual([]);
  });

  test('what is of no use goes with its cause, which has to be said', async () => {
    await list();
    await expect(answer(ID, { answer: 'not-useful' })).rejects.toThrow('say why');
    await expect(answer(ID, { answer: 'accept', cause: 'not-true' })).rejects.toThrow('belongs to not-useful');
    expect(await answer(ID, { answer: 'not-useful', cause: 'not-possible' })).toEqual({
      adviceId: ID,
      state: 'dismissed',
    });
    on('2026-12-20');
    expect(await rules()).toEqual([]);
  });

  test('to what was never suggested are refused', async () => {
    await expect(answer('standby_2020-01-01', { answer: 'accept' })).rejects.toThrow('nothing is suggested');
  });

  test('of two people at once are both heard in turn', async () => {
    await list();
    await world.table.put(
      foundPut(householdId, { ...aFoundAdvice(ID), candidates: [ID, 'lighting_1'].map(candidate) }, 1),
    );
    await Promise.all([answer(ID, { answer: 'accept' }), answer('lighting_1', { answer: 'later' })]);
    const { answers, version } = await readAnswers(world.table, householdId);
    expect(answers.map((one) => [one.adviceId, one.answer]).toSorted()).toEqual([
      ['lighting_1', 'later'],
      [ID, 'accept'],
    ]);
    expect(version).toBe(2);
  });

  test('end with the consent, and none is taken without it', async () => {
    await list();
    await answer(ID, { answer: 'later' });
    const say = (granted: boolean) =>
      setConsent(world, OWNER, { purpose: 'analysis', granted, textVersion: CONSENTS.analysis.textVersion });
    await say(false);
    expect(await readFound(world.table, householdId)).toEqual({ found: undefined, version: 0 });
    expect(await readAnswers(world.table, householdId)).toEqual({ answers: [], version: 0 });
    await expect(answer(ID, { answer: 'accept' })).rejects.toThrow('does not agree');
    await say(true);
    // as if nothing had ever been said
    expect(await list()).toMatchObject({ suggestions: [{ adviceId: ID, state: 'open' }], results: [] });
    await answer(ID, { answer: 'accept' });
    expect((await readAnswers(world.table, householdId)).answers).toHaveLength(1);
  });

  test('that hold for good are kept however much is said after them', async () => {
    const said = (i: number, cause: 'not-possible' | null) => ({
      ...candidate(`standby_${i}`),
      answer: cause ? ('not-useful' as const) : ('accept' as const),
      cause,
      onDate: TODAY,
      lowWon: 1,
      contract: ASSUMED_SUPPLY,
    });
    const all = [said(0, 'not-possible'), ...Array.from({ length: 70 }, (_, i) => said(i + 1, null))];
    await world.table.put(answersPut(householdId, { answers: all, version: 0 }));
    const { answers } = await readAnswers(world.table, householdId);
    expect([answers.length, answers[0]!.adviceId, answers[1]!.adviceId]).toEqual([61, 'standby_0', 'standby_11']);
  });

  test('said again does not begin the measuring anew', async () => {
    await list();
    await answer(ID, { answer: 'accept' });
    on(addDays(TODAY, 5));
    await answer(ID, { answer: 'accept' });
    expect((await list()).results).toEqual([
      { adviceId: ID, rule: 'standby', acceptedOn: TODAY, state: 'measuring', because: null, wonPerMonth: null },
    ]);
  });
});

describe('results', () => {
  const JANUARY = '2027-01-17';
  const taken = async (after: number): Promise<unknown> => {
    const load = (date: string, hour: number): number =>
      plainLoad(date > JANUARY ? after : 260)(date, hour) + ((Number(date.slice(8)) * 7 + hour) % 11);
    on(JANUARY);
    // what a battery gives at night is on no bill
    for (const device of await listDevices(world.table, householdId))
      if (device.kind === 'battery') await putDevice(world.table, householdId, { ...device, status: 'retired' });
    await anAdvisedHome(world, { count: 365, load, ...SEOUL });
    await list();
    await answer(`standby_${JANUARY}`, { answer: 'accept' });
    on(addDays(JANUARY, 40));
    await anAdvisedHome(world, { count: 40, load, ...SEOUL });
    return (await list()).results[0];
  };
  test('a night that became quieter is a saving in won', async () => {
    expect(await taken(140)).toMatchObject({ state: 'measured', wonPerMonth: { low: expect.any(Number) } });
  });
  test('stands: what is used later changes nothing of it', async () => {
    const told = await taken(140);
    on(addDays(JANUARY, 100));
    await anAdvisedHome(world, { count: 90, load: plainLoad(500), ...SEOUL });
    expect((await list()).results[0]).toEqual(told);
  });
  test('a night like those before is none', async () => {
    expect(await taken(260)).toMatchObject({ state: 'unclear', because: 'within-variation', wonPerMonth: null });
  });
});
