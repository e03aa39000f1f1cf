import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  decideApplication,
  listApplications,
  readApplication,
  type Application,
} from '@hems/shared/partner-api/applications';
import { log } from '../runtime/log.ts';
import { anOfficeWorld, CASHBACK, OTHER, SHARING, UTILITY, type OfficeWorld } from '../testing/office-world.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { confirmCredit } from '../use-cases/confirm-credit.ts';
import { readEnrolment } from '../use-cases/stores/enrolments.ts';
import { handler } from './applications.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

let world: OfficeWorld;
beforeEach(async () => {
  world = await anOfficeWorld();
});
afterEach(() => world.close());

const list = (as = UTILITY, query: Record<string, string> = {}, programme = CASHBACK) =>
  callPartner(handler, listApplications, { as, params: { programme }, query: { state: 'applied', ...query } });
const read = (participant: string, as = UTILITY, programme = CASHBACK) =>
  callPartner(handler, readApplication, { as, params: { programme, participant } });
const decide = (participant: string, body: unknown, as = UTILITY) =>
  callPartner(handler, decideApplication, { as, params: { programme: CASHBACK, participant }, body });
const participantIn = async (as = UTILITY, state = 'applied'): Promise<string> =>
  (await list(as, { state })).body.applications[0]?.participant ?? '';

describe('an office that lists applications', () => {
  test('is told of each as a participant, and each household finds in its access log who read it', async () => {
    await world.addHome('home-a', 'applied');
    const { status, body, text } = await list();
    expect(status).toBe(200);
    expect(body.applications).toEqual([
      expect.objectContaining({
        participant: expect.stringMatching(/^[\w-]{22}$/),
        programme: CASHBACK,
        state: 'applied',
      }),
    ]);
    expect(text).not.toContain('home-a');
    expect(await world.accessesOf('home-a')).toEqual([
      { who: { kind: 'partner', id: UTILITY }, what: 'applications-listed', why: `${CASHBACK} applied` },
    ]);
  });

  test('calls a household otherwise than another office does, and the same each time', async () => {
    await world.addHome('home-a', 'applied');
    expect(await participantIn()).toBe(await participantIn());
    expect(await participantIn(SHARING)).not.toBe(await participantIn());
  });

  test('goes through all of them page by page, each once, and a page names no household', async () => {
    for (let n = 0; n < 5; n += 1) await world.addHome(`home-${n}`, 'applied');
    const seen: Application[] = [];
    let cursor: string | null = null;
    do {
      const { body }: Awaited<ReturnType<typeof list>> = await list(UTILITY, { limit: '2', ...(cursor && { cursor }) });
      expect(body.applications.length).toBeLessThanOrEqual(2);
      expect(Buffer.from(body.cursor ?? '', 'base64url').toString()).not.toContain('home');
      seen.push(...body.applications);
      cursor = body.cursor;
    } while (cursor !== null);
    expect(new Set(seen.map(({ participant }) => participant)).size).toBe(5);
  });

  test('finds those it has decided on as well', async () => {
    await world.addHome('home-a', 'approved');
    expect((await list(UTILITY, { state: 'approved' })).body.applications).toHaveLength(1);
  });

  test('is not told of a household that has withdrawn its consent, from the next request on', async () => {
    await world.addHome('home-a', 'applied');
    await world.addHome('home-b', 'applied');
    const before = await participantIn();
    await world.say('home-a', false);
    await world.say('home-b', false);
    expect((await list()).body.applications).toEqual([]);
    expect(await read(before)).toMatchObject({ status: 404, body: { code: 'no-participant' } });
  });
});

describe('an office is refused', () => {
  test('without the scope', async () => {
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['programmes:read'], programmes: [CASHBACK] });
    expect(await list()).toMatchObject({ status: 403, body: { code: 'no-scope' } });
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['applications:read'], programmes: [CASHBACK] });
    await world.addHome('home-a', 'applied');
    const own = await participantIn();
    expect(await decide(own, { to: 'under-review' })).toMatchObject({ status: 403, body: { code: 'no-scope' } });
  });

  test('a programme that is another’s, or that there is not', async () => {
    expect(await list(OTHER)).toMatchObject({ status: 403, body: { code: 'not-your-programme' } });
    expect(await list(UTILITY, {}, 'no-such')).toMatchObject({ status: 403, body: { code: 'not-your-programme' } });
  });

  test('the participant of another office, though the household is the same', async () => {
    await world.addHome('home-a', 'applied');
    const theirs = await participantIn(SHARING);
    expect(await read(theirs)).toMatchObject({ status: 404, body: { code: 'no-participant' } });
    expect(await decide(theirs, { to: 'under-review' })).toMatchObject({ status: 404 });
    expect((await world.accessesOf('home-a')).filter(({ who }) => who.id === UTILITY)).toEqual([]);
  });

  test('a cursor that was given to another office, or for another list', async () => {
    for (let n = 0; n < 3; n += 1) await world.addHome(`home-${n}`, 'applied');
    const { cursor } = (await list(SHARING, { limit: '1' })).body;
    expect(await list(UTILITY, { cursor: cursor ?? '' })).toMatchObject({ status: 400, body: { code: 'bad-cursor' } });
    expect(await list(SHARING, { cursor: cursor ?? '', state: 'approved' })).toMatchObject({ status: 400 });
    expect((await list(SHARING, { cursor: cursor ?? '', limit: '1' })).status).toBe(200);
  });

  test('more than a hundred at once, a state that there is not, and a limit that is no number', async () => {
    expect((await list(UTILITY, { limit: '500' })).status).toBe(200);
    expect((await list(UTILITY, { limit: '-1' })).status).toBe(400);
    expect((await list(UTILITY, { state: 'enrolled' })).status).toBe(400);
  });
});

describe('an office that decides', () => {
  test('moves the application as an operator would, and the household sees who did', async () => {
    await world.addHome('home-a', 'applied');
    const own = await participantIn();
    expect((await decide(own, { to: 'under-review' })).body).toMatchObject({ state: 'under-review' });
    expect((await decide(own, { to: 'approved' })).body).toMatchObject({ state: 'approved', participant: own });
    expect((await readEnrolment(world.table, 'home-a', CASHBACK)).enrolment?.state).toBe('approved');
    expect(await world.accessesOf('home-a')).toContainEqual({
      who: { kind: 'partner', id: UTILITY },
      what: 'application-moved',
      why: `${CASHBACK} to approved`,
    });
  });

  test('rejects with a code and words that the resident reads, and not without both', async () => {
    await world.addHome('home-a', 'under-review');
    const own = await participantIn(UTILITY, 'under-review');
    expect((await decide(own, { to: 'rejected' })).status).toBe(400);
    expect((await decide(own, { to: 'rejected', reasonCode: 'because', reason: 'no' })).status).toBe(400);
    expect((await decide(own, { to: 'approved', reasonCode: 'other' })).status).toBe(400);
    const why = { reasonCode: 'address-not-confirmed', reason: '주소를 확인할 수 없습니다' };
    expect((await decide(own, { to: 'rejected', ...why })).body.history.at(-1)).toMatchObject(why);
  });

  test('moves nothing out of order, and says paid only of what a payer has confirmed', async () => {
    await world.addHome('home-a', 'applied');
    const own = await participantIn();
    expect(await decide(own, { to: 'approved' })).toMatchObject({ status: 409 });
    await decide(own, { to: 'under-review' });
    await decide(own, { to: 'approved' });
    await world.settleMay('home-a');
    expect(await decide(own, { to: 'paid' })).toMatchObject({ status: 409 });
    const credit = { householdId: 'home-a', programme: CASHBACK, period: '2026-05', unit: 'won' } as const;
    await confirmCredit(world, { ...credit, amount: 3200, report: 'bill', by: 'operator' });
    expect((await decide(own, { to: 'paid' })).body).toMatchObject({ state: 'paid' });
    expect((await list(UTILITY, { state: 'paid' })).body.applications).toHaveLength(1);
  });

  test('sends unknown fields in vain', async () => {
    await world.addHome('home-a', 'applied');
    const own = await participantIn();
    expect((await decide(own, { to: 'under-review', householdId: 'home-b' })).status).toBe(400);
  });
});
