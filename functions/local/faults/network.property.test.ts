import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import type { Table } from '../../ports/table.ts';
import { NOON } from '../../testing/world.ts';
import { storyOf, type ReadingHome } from './meter-story.ts';
import { fedHost, slotsOf, usageOf } from './reference-host.ts';

/** Between device and broker, and between broker and ingest, messages are lost, doubled, late and in another order. */

const HOME: ReadingHome = {
  householdId: 'h-1',
  telemetryId: 't-1',
  gateway: 'g-1',
  meter: 'meter-1',
  solar: 'solar-1',
  index: 7,
  fromMs: NOON - DAY_MS,
};
const STORY = [...storyOf(HOME, HOME.fromMs + 25 * 60_000)];
const HEARD = STORY.map((message) => ({ home: HOME, message }));

/** What the network does to one message, each time it is sent. */
type Passage = { readonly lost: boolean; readonly twice: boolean; readonly lateBy: number };
const passage: fc.Arbitrary<Passage> = fc.record({
  lost: fc.boolean(),
  twice: fc.boolean(),
  lateBy: fc.nat({ max: 40 }),
});

/** A device sends again what was not acknowledged; an acknowledgement may be lost as well. After some rounds the line is good. */
const overTheLine = (passages: readonly Passage[], rounds: number): (typeof STORY)[] => {
  let at = 0;
  const next = (): Passage => passages[at++ % passages.length] ?? { lost: false, twice: false, lateBy: 0 };
  const groups: (typeof STORY)[] = [];
  let owed = STORY;
  for (let round = 0; round < rounds && owed.length > 0; round += 1) {
    const sent = owed.map((message, index) => ({ message, ...next(), index }));
    const arrived = sent
      .filter(({ lost }) => !lost)
      .flatMap((one) => (one.twice ? [one, { ...one, index: one.index + one.lateBy + 3 }] : [one]));
    groups.push(arrived.toSorted((a, b) => a.index + a.lateBy - (b.index + b.lateBy)).map(({ message }) => message));
    const heard = new Set(sent.filter((one) => !one.lost && !next().lost).map(({ message }) => message));
    owed = owed.filter((message) => !heard.has(message));
  }
  return [...groups, owed];
};

const quarters = async (fed: Awaited<ReturnType<typeof fedHost>>) => ({
  slots: [...(await slotsOf(fed.table, HOME))],
  usage: await usageOf(fed.table, HOME, NOON),
});

test('whatever a network loses, doubles, delays and mixes up, the quarter hours are those of a good line', async () => {
  const heardOnce = await fedHost(HEARD, { nowMs: NOON });
  const clean = await quarters(heardOnce);
  expect(clean.slots.length).toBe(4);
  await fc.assert(
    fc.asyncProperty(
      fc.array(passage, { minLength: 3, maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(1, 7, 200),
      async (passages, rounds, atOnce) => {
        const heard = overTheLine(passages, rounds)
          .flat()
          .map((message) => ({ home: HOME, message }));
        const fed = await fedHost(heard, { nowMs: NOON, atOnce });
        expect(await quarters(fed)).toEqual(clean);
        await fed.database.close();
      },
    ),
  );
  await heardOnce.database.close();
});

test('a delivery to ingest that failed half way, or whose answer was lost, comes again and changes nothing', async () => {
  const clean = await quarters(await fedHost(HEARD, { nowMs: NOON }));
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 60 }), fc.constantFrom('before', 'after'), async (nth, when) => {
      let calls = 0;
      let hasFailed = false;
      const through = (table: Table): Table => ({
        ...table,
        put: async (put) => {
          calls += 1;
          const isNow = calls === nth + 1;
          if (isNow && when === 'before') throw new Error('the store was away');
          await table.put(put);
          if (isNow) throw new Error('the answer of the store was lost');
        },
      });
      const fed = await fedHost(HEARD, {
        nowMs: NOON,
        atOnce: 11,
        through,
        deliver: async (events, take) =>
          await take(events).catch(async () => {
            hasFailed = true;
            await take(events);
          }),
      });
      expect(hasFailed).toBe(calls > nth);
      expect(await quarters(fed)).toEqual(clean);
      await fed.database.close();
    }),
    { numRuns: 60 },
  );
});
