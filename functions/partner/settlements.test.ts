import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import { textOfLines } from '@hems/models/partner/settlement-line';
import {
  closeSettlement,
  listSettlements,
  readLineEvidence,
  readSettlement,
  readSettlementKeys,
  readSettlementPart,
} from '@hems/shared/partner-api/settlements';
import { isSignedBy, publicKey } from '@hems/shared/signing/keys';
import { log } from '../runtime/log.ts';
import { anOfficeWorld, CASHBACK, MAY, OTHER, SHARING, UTILITY, type OfficeWorld } from '../testing/office-world.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { liveMonths } from '../testing/past-use.ts';
import { canonicalHash } from '../use-cases/canonical-hash.ts';
import { deleteAll } from '../use-cases/erasure/erase-items.ts';
import { settleHousehold } from '../use-cases/settle-household.ts';
import { handler } from './settlements.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

let world: OfficeWorld;
beforeEach(async () => {
  world = await anOfficeWorld();
});
afterEach(() => world.close());

/** Has the next file made, and reads it. */
const close = async (as = UTILITY, body: unknown = { programme: CASHBACK, period: MAY }) => {
  const asked = await callPartner(handler, closeSettlement, { as, body });
  const params = { file: asked.status === 200 ? asked.body.file.file : '' };
  return asked.status === 200
    ? callPartner(handler, readSettlement, { as, params })
    : { ...asked, body: asked.body as never };
};
const read = (file: string, as = UTILITY) => callPartner(handler, readSettlement, { as, params: { file } });
const part = (file: string, number = 1, as = UTILITY) =>
  callPartner(handler, readSettlementPart, { as, params: { file, part: String(number) } });
const evidence = (file: string, line: string, as = UTILITY) =>
  callPartner(handler, readLineEvidence, { as, params: { file, line } });
const FIRST = `${UTILITY}.${CASHBACK}.${MAY}.0001`;

const settle = async (...homes: string[]): Promise<void> => {
  for (const [n, home] of homes.entries()) {
    await world.addHome(home);
    await world.settleMay(home, 310 - n);
  }
};
const correct = async (home: string, kwh: number): Promise<void> => {
  await liveMonths(world, { [MAY]: kwh }, home);
  await settleHousehold(world, { householdId: home, date: '2026-05-31' });
};
const owed = async (home: string): Promise<number> =>
  (await world.entriesOf(home)).reduce((sum, { amount }) => sum + amount, 0);
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const linesIn = (text: string): Record<string, string>[] => {
  const [head = '', ...rows] = text.trimEnd().split('\n');
  return rows.map((row) => Object.fromEntries(row.split(',').map((value, i) => [head.split(',')[i] ?? '', value])));
};

describe('a settlement file', () => {
  test('holds a line for each entry, sums them up, and names no household', async () => {
    await settle('home-a', 'home-b', 'home-c');
    const { body, status } = await close();
    expect(status).toBe(200);
    expect(body.file).toMatchObject({ file: FIRST, number: 1, state: 'closed', unit: 'won', lines: 3 });
    const { body: text } = await part(FIRST);
    const lines = linesIn(text);
    expect(lines.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(body.file.amount);
    expect(lines.map(({ saved_wh: wh }) => wh).toSorted()).toEqual(['40000', '41000', '42000']);
    expect(
      lines.every(
        ({ recorded_on: on, ends_on: end, quality }) =>
          on === '2026-06-01' && end === '2026-05-31' && quality === 'good',
      ),
    ).toBe(true);
    for (const home of ['home-a', 'home-b', 'home-c']) {
      expect(text).not.toContain(home);
      expect(await world.accessesOf(home)).toContainEqual({
        who: { kind: 'partner', id: UTILITY },
        what: 'settlement-filed',
        why: `${CASHBACK} ${MAY}`,
      });
    }
  });

  test('is checksummed and signed: whoever has the public key finds one changed byte', async () => {
    await settle('home-a');
    const { body } = await close();
    const { manifest, signature, keyId, ...signed } = body.signed!;
    expect(sha256((await part(FIRST)).body)).toBe(body.file.parts[0]!.sha256);
    expect(sha256(manifest)).toBe(signed.sha256);
    expect(JSON.parse(manifest)).toEqual(body.file);
    const { keys } = (await callPartner(handler, readSettlementKeys, { as: OTHER })).body;
    const found = keys.find((one) => one.keyId === keyId);
    const key = await publicKey(keyId, 'ecdsa-p256-sha256', { ...found!.jwk });
    const genuine = (text: string) =>
      isSignedBy(key, new Uint8Array(Buffer.from(signature, 'base64url')), new Uint8Array(Buffer.from(text)));
    expect(await genuine(manifest)).toBe(true);
    expect(await genuine(manifest.replace('"lines":1', '"lines":2'))).toBe(false);
  });

  test('is the same bytes each time it is asked for, whatever is settled and withdrawn after it', async () => {
    await settle('home-a', 'home-b');
    const before = [(await close()).body, (await part(FIRST)).text];
    await correct('home-a', 300);
    await world.say('home-b', false);
    expect([(await read(FIRST)).body, (await part(FIRST)).text]).toEqual(before);
  });

  test('is found in the access log of each home in it as often as it is taken, also by one that withdrew', async () => {
    await settle('home-a', 'home-b');
    await close();
    await world.say('home-b', false);
    const taken = async (home: string) =>
      (await world.accessesOf(home)).filter(({ what }) => what === 'settlement-filed').length;
    const before = [await taken('home-a'), await taken('home-b')];
    await part(FIRST);
    await part(FIRST);
    expect([await taken('home-a'), await taken('home-b')]).toEqual(before.map((n) => n + 2));
  });

  test('tells of a correction the difference in won, and of energy the whole again', async () => {
    await settle('home-a');
    await close();
    await correct('home-a', 300);
    const { body } = await close();
    const [first] = linesIn((await part(FIRST)).text);
    const [second] = linesIn((await part(body.file.file)).text);
    const saved = (line: typeof first): number => Number(line?.['saved_wh']);
    expect([saved(first), saved(second)]).toEqual([40_000, 50_000]);
    expect(Number(first?.['amount']) + Number(second?.['amount'])).toBe(await owed('home-a'));
  });

  test('can be made again, byte by byte, from the evidence of its lines', async () => {
    await settle('home-a', 'home-b', 'home-c');
    await close();
    const { text } = await part(FIRST);
    const again = await Promise.all(
      linesIn(text).map(async ({ line = '' }) => {
        const { body } = await evidence(FIRST, line);
        const { interval: _interval, ...saving } = body.saving;
        return { ...body, participant: line.slice(0, 22), saving };
      }),
    );
    expect(textOfLines(again)).toBe(text);
  });

  test('asked for again with nothing new is the last one; a correction is a line of its own in the next', async () => {
    await settle('home-a', 'home-b');
    const first = (await close()).body;
    expect((await close()).body).toEqual(first);
    await correct('home-a', 300);
    const { file } = (await close()).body;
    expect(file).toMatchObject({ number: 2, lines: 1, amount: 800 });
    const [was] = linesIn((await part(FIRST)).text);
    const [line] = linesIn((await part(file.file)).text);
    expect(line).toMatchObject({ revision: '1', amount: '800', saved_wh: '50000' });
    expect(was?.line?.length).toBe(27);
    expect((await close()).body.file.number).toBe(2);
  });

  test('leaves out who does not agree at the time, and takes it up once it does', async () => {
    await settle('home-a', 'home-b');
    await world.say('home-b', false);
    expect((await close()).body.file).toMatchObject({ number: 1, lines: 1 });
    await world.say('home-b', true);
    expect((await close()).body.file).toMatchObject({ number: 2, lines: 1 });
  });

  test('of a period of which nothing is settled there is none', async () => {
    await world.addHome('home-a');
    expect(await close()).toMatchObject({ status: 404, body: { code: 'nothing-settled' } });
    const files = await callPartner(handler, listSettlements, { as: UTILITY });
    expect(files.body).toEqual({ files: [], cursor: null });
  });

  test('is each office’s own: the same household is another participant in each', async () => {
    await settle('home-a');
    await close();
    await close(SHARING);
    const theirs = (await part(`${SHARING}.${CASHBACK}.${MAY}.0001`, 1, SHARING)).text;
    expect(linesIn(theirs)[0]?.line).not.toBe(linesIn((await part(FIRST)).text)[0]?.line);
    expect(linesIn(theirs)[0]?.inputs_sha256).toBe(linesIn((await part(FIRST)).text)[0]?.inputs_sha256);
  });

  test('made at once by several requests holds each entry once', async () => {
    await settle('home-a', 'home-b', 'home-c');
    const answers = await Promise.all([close(), close(), close()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const files = (await callPartner(handler, listSettlements, { as: UTILITY })).body.files;
    const texts = await Promise.all(files.map(({ file }) => part(file)));
    const ids = texts.flatMap(({ text }) => linesIn(text).map(({ line }) => line));
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('the evidence of a line', () => {
  test('is the frozen inputs with their hash, and the same reward worked out from them again', async () => {
    await settle('home-a');
    await close();
    const [line] = linesIn((await part(FIRST)).text);
    const { body } = await evidence(FIRST, line?.line ?? '');
    expect(body).toMatchObject({
      revision: 0,
      amount: 3200,
      recomputed: 3200,
      matches: true,
      inputsHash: line?.inputs_sha256,
    });
    const { ruleVersion: version, inputs } = body;
    expect(canonicalHash({ programme: CASHBACK, version, inputs })).toBe(body.inputsHash);
    expect(body.rewardLines.reduce((sum, { amount }) => sum + amount, 0)).toBe(3200);
    expect((await world.accessesOf('home-a')).at(-1)?.what).toBe('settlement-evidence');
  });

  test('of a correction adds up with the lines before it', async () => {
    await settle('home-a');
    await close();
    await correct('home-a', 300);
    const { file } = (await close()).body.file;
    const [line] = linesIn((await part(file)).text);
    expect((await evidence(file, line?.line ?? '')).body).toMatchObject({
      amount: 800,
      recomputed: 4000,
      matches: true,
    });
    // the line stands in the second file and not in the first
    expect(await evidence(FIRST, line?.line ?? '')).toMatchObject({ status: 404, body: { code: 'no-line' } });
  });

  test('is closed once the household withdraws or is erased, and its line in the file stays', async () => {
    await settle('home-a', 'home-b');
    await close();
    const { text } = await part(FIRST);
    const [a = {}, b = {}] = linesIn(text);
    await world.say('home-a', false);
    const { items } = await world.table.query({ table: 'homes', value: 'H#home-b' });
    await deleteAll(world.table, items);
    for (const { line = '' } of [a, b])
      expect(await evidence(FIRST, line)).toMatchObject({ status: 404, body: { code: 'no-participant' } });
    expect((await part(FIRST)).text).toBe(text);
  });
});

describe('an office is refused', () => {
  test('a file of another office, whether or not it shares the programme, and its lines', async () => {
    await settle('home-a');
    await close();
    const { line = '' } = linesIn((await part(FIRST)).text)[0] ?? {};
    for (const as of [SHARING, OTHER]) {
      expect(await read(FIRST, as)).toMatchObject({ status: 404, body: { code: 'no-file' } });
      expect(await part(FIRST, 1, as)).toMatchObject({ status: 404, body: { code: 'no-file' } });
      expect(await evidence(FIRST, line, as)).toMatchObject({ status: 404, body: { code: 'no-file' } });
    }
    await close(SHARING);
    const own = `${SHARING}.${CASHBACK}.${MAY}.0001`;
    expect(await evidence(own, line, SHARING)).toMatchObject({ status: 404, body: { code: 'no-participant' } });
  });

  test('without the scope, and a programme or a file that is none of its own any more', async () => {
    await settle('home-a');
    await close();
    expect(await close(OTHER)).toMatchObject({ status: 403, body: { code: 'not-your-programme' } });
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['settlements:read'], programmes: [] });
    expect(await read(FIRST)).toMatchObject({ status: 403, body: { code: 'not-your-programme' } });
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['settlements:read'], programmes: [CASHBACK] });
    expect((await read(FIRST)).status).toBe(200);
    expect(await close()).toMatchObject({ status: 403, body: { code: 'no-scope' } });
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['savings:read'], programmes: [CASHBACK] });
    expect(await close()).toMatchObject({ status: 403, body: { code: 'no-scope' } });
    expect(await read(FIRST)).toMatchObject({ status: 403, body: { code: 'no-scope' } });
  });

  test('a part that there is not, and names that are none', async () => {
    await settle('home-a');
    await close();
    expect(await part(FIRST, 2)).toMatchObject({ status: 404, body: { code: 'no-part' } });
    for (const file of ['x', `${FIRST}.`, '../keys', `${UTILITY}.${CASHBACK}.${MAY}.1`])
      expect((await read(file)).status, file).toBe(400);
    expect((await close(UTILITY, { programme: CASHBACK, period: MAY, lines: 1 })).status).toBe(400);
  });
});

test('a list of files is the office’s own, and another’s cursor opens nothing', async () => {
  await settle('home-a');
  await close();
  world.clock.set(dayStart('2026-06-02'));
  await correct('home-a', 300);
  await close();
  const { body } = await callPartner(handler, listSettlements, { as: UTILITY, query: { programme: CASHBACK } });
  expect(body.files.map(({ number, lines }) => [number, lines])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  expect((await callPartner(handler, listSettlements, { as: SHARING })).body.files).toEqual([]);
  const stolen = await callPartner(handler, listSettlements, { as: SHARING, query: { cursor: 'id-1' } });
  expect(stolen).toMatchObject({ status: 400, body: { code: 'bad-cursor' } });
});
