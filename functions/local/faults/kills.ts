import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@hems/models/testing/random';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { askOutside } from './ask-outside.ts';
import type { GatewayLoad } from './device-load.ts';
import { correctMonth } from './fault-homes.ts';
import { lookInto, ordersOf, placeOf, promisedBy, type Place, type Say } from './fault-place.ts';
import type { Orders } from './host-under-faults.ts';
import { kill, type Life } from './hosts.ts';
import { violationsOf } from './invariants.ts';
import { usageDifferences } from './reference-host.ts';
import { comeToRest } from './rest.ts';
import type { Stored } from './stored.ts';

/** Each life begins so much later by the host's clock: what waits for minutes (an unanswered rail, a lease, a retry) comes due. */
const STEP_MS = 150_000;

/** How one life of the host ended. */
export type Kill = {
  readonly number: number;
  /** at a moment of the clock, or at a call of a port */
  readonly by: 'moment' | 'call' | 'start';
  /** everything that was under way */
  readonly places: readonly string[];
  readonly where: string;
};
/** Of so many kills one is another host's, at its first start. */
const FIRST_STARTS_ONE_IN = 10;

/** What a suite says that killed at moments only: the gaps between two calls were not tried. */
export const fewAtCalls = (kills: readonly Pick<Kill, 'by'>[]): string | undefined => {
  const at = kills.filter(({ by }) => by === 'call').length;
  return at * 4 >= kills.length
    ? undefined
    : `only ${at} of ${kills.length} kills were at calls of ports, fewer than a quarter: run it again on a machine that does nothing else`;
};

export type Outcome = {
  readonly seed: number;
  readonly kills: readonly Kill[];
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
};

const PORT_CALLS: Record<string, number> = { table: 260, telemetry: 25, payments: 3, bus: 6, webhooks: 5, http: 4 };

/** A port that is seldom called is waited for so long; a machine that does something else as well calls even the table late. */
const WITHIN_MS = 6000;
const CALL_MS = 30_000;
const START_SHARE = 0.16;

/**
 * Every other life ends at a call of a port: what lies between two calls is met, however short it is. The others end at a moment, a few of
 * them while they start.
 */
type End = { readonly afterMs: number; readonly dies?: NonNullable<Orders['dies']> };
const endOf = (random: Random, number: number): End | 'start' => {
  const dice = random();
  if (number % 2 === 1) {
    if (dice < START_SHARE) return 'start';
    // long enough for a run of the day to come to its end
    return { afterMs: dice > 0.9 ? 9000 : 60 + Math.floor(random() * 1800) };
  }
  const names = Object.keys(PORT_CALLS);
  const port = names[Math.floor(random() * names.length)] ?? 'table';
  const nth = 1 + Math.floor(random() * (PORT_CALLS[port] ?? 1));
  return { afterMs: CALL_MS, dies: { port, nth, when: random() < 0.5 ? 'before' : 'after', withinMs: WITHIN_MS } };
};

const devicesUnderWay = (gateways: readonly GatewayLoad[]): string[] =>
  gateways.some((one) => one.owed().length > 0) ? ['readings not acknowledged'] : [];

/** What the store says was under way, when nobody outside could see it. */
const inside = (now: Stored): string[] => {
  const states = new Set([...now.payouts.values()].map(({ state }) => state));
  return [
    ...(now.running.length > 0 ? ['daily run'] : []),
    ...(states.has('unknown') ? ['payout at the rail'] : []),
    ...(states.has('approved') ? ['payout let go and not called'] : []),
    ...([...now.payouts.values()].some(({ state, told }) => state === 'paid' && !told)
      ? ['payout paid and not told']
      : []),
    ...([...now.deliveries.values()].some(({ state }) => state === 'pending') ? ['webhook not delivered'] : []),
    ...((now.queues.get('bus')?.waiting ?? 0) > 0 ? ['event on the bus'] : []),
  ];
};

/** Load on a host that lives until its end comes. */
const loadUntilDeath = async (place: Place, life: Life, afterMs: number): Promise<readonly string[]> => {
  const { gateways, people, underWay, ports } = place;
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = [
    ...gateways.map(async (one) => await one.live({ mqttPort: ports.mqttPort, signal, paceMs: 4 })),
    people.live(signal),
  ];
  await Promise.race([sleep(afterMs), life.ended]);
  const places = [...underWay.now(), ...devicesUnderWay(gateways)];
  life.child.kill('SIGKILL');
  stopping.abort();
  await life.ended;
  await Promise.all(work);
  return places;
};

const correct = async ({ folder, world, corrected, time }: Place): Promise<void> => {
  corrected.times += 1;
  const database = openDatabase(join(folder, 'hems.sqlite'));
  // the host's clock: by ours, months later, writing would clear away what has not expired there
  const table = sqliteTable({ database, clock: { now: () => Date.now() + time.aheadMs } });
  for (const householdId of world.moneyHomes)
    await correctMonth(table, { householdId, settledOn: world.settledOn }, corrected.times);
  await database.close();
};

type Look = { readonly before: Stored | undefined; readonly number: number };

type Death = { readonly places: readonly string[]; readonly violations: readonly string[]; readonly out: string };

/** Before anybody is there to be disappointed: what is kept must be whole all the same. */
const dieWhileStarting = async (place: Place, number: number): Promise<Death> => {
  const life = place.hosts.live(ordersOf(place, number));
  await Promise.race([sleep(20 + place.random() * 1200), life.ready]);
  await kill(life);
  return { places: ['start'], violations: [], out: life.out() };
};

const liveAndDie = async (place: Place, number: number, end: End): Promise<Death> => {
  const { people } = place;
  const life = place.hosts.live(ordersOf(place, number, end.dies));
  const isReady = await life.ready;
  const diedEarly = /^dies /m.test(life.out());
  if (!isReady && !diedEarly) throw new Error(`the host did not come up:\n${life.out()}`);
  if (isReady) await Promise.race([people.ready().catch(() => undefined), life.ended]);
  const isAsked = isReady && number % 3 === 0 && !end.dies;
  const violations = isAsked ? await askOutside(place) : [];
  return { places: await loadUntilDeath(place, life, end.afterMs), violations, out: life.out() };
};

type Looked = { readonly kill: Kill; readonly now: Stored; readonly violations: string[] };

/** One life and its end; then the store is looked into while nobody runs. */
const oneKill = async (place: Place, { before, number }: Look): Promise<Looked> => {
  const { random, time, say } = place;
  const began = performance.now();
  const end = endOf(random, number);
  const isStart = end === 'start';
  const {
    places,
    violations: asked,
    out,
  } = await (end === 'start' ? dieWhileStarting(place, number) : liveAndDie(place, number, end));
  const died = /^dies (.*)$/m.exec(out)?.[1];
  const now = await lookInto(place);
  const violations = [...asked, ...violationsOf(before, now, promisedBy(place))];
  const one: Kill = {
    number,
    by: isStart ? 'start' : died === undefined ? 'moment' : 'call',
    places: [...new Set([...places, ...(isStart ? [] : inside(now))])],
    where: died ?? (end === 'start' ? 'while starting' : `${end.afterMs} ms after it was ready`),
  };
  const told = [
    `kill ${number} (${((performance.now() - began) / 1000).toFixed(1)} s): ${one.where}; ${one.places.join(', ')}`,
    ...violations.map((text) => `  VIOLATED ${text}`),
  ];
  say(told.join('\n'));
  time.aheadMs += STEP_MS;
  if (number % 2 === 0) await correct(place);
  return { kill: one, now, violations };
};

/** A host that dies while it makes its keys and its file for the first time: the next one makes what is missing. */
const firstStart = async (place: Place, number: number): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-first-start-'));
  const born = { folder, ports: { port: 0, mqttPort: 0 }, time: { aheadMs: 0 } };
  const first = place.hosts.live(ordersOf(born, number));
  const afterMs = Math.round(5 + place.random() * 900);
  await Promise.race([sleep(afterMs), first.ready]);
  await kill(first);
  const second = place.hosts.live(ordersOf(born, number));
  const isReady = await second.ready;
  await kill(second);
  place.say(
    `first start ${number}: killed after ${afterMs} ms, ${isReady ? 'came up again' : 'did not come up again'}`,
  );
  await rm(folder, { recursive: true });
  return isReady
    ? []
    : [`a first start that was killed after ${afterMs} ms did not come up again: ${second.out().slice(-300)}`];
};

const figuresOf = ({ gateways, asked, corrected }: Place, now: Stored): Outcome['figures'] => ({
  'messages of devices acknowledged': gateways.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0),
  'rows of quarter hours': now.slotRows.length,
  'messages kept out with a reason': now.keptOut.size,
  'payouts asked for': asked.payouts.length,
  'payouts paid': now.rail.filter(({ answer }) => answer === 'paid').length,
  'ledger entries': now.entries.size,
  'corrections of the month': corrected.times,
  'Idempotency-Keys': asked.pings.length,
  'posts heard by the partner': now.received.length,
  'answers 5xx': asked.unsaid.length,
});

type Asking = {
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  readonly say: Say;
  /** no more kills from then on: what was done is told */
  readonly signal: AbortSignal;
};

/** Kills the host so many times under load, and looks into what it left each time. The same seed kills at the same places, as far as time allows. */
export const runKills = async ({ folder, kills, seed, say, signal }: Asking): Promise<Outcome> => {
  const place = await placeOf(folder, seed, say);
  const done: Kill[] = [];
  const violations: string[] = [];
  const firstStarts = Math.ceil(kills / FIRST_STARTS_ONE_IN);
  for (let number = 1; number <= firstStarts; number += 1) violations.push(...(await firstStart(place, number)));
  let before: Stored | undefined;
  for (let number = 1; number <= kills && !signal.aborted; number += 1) {
    const one = await oneKill(place, { before, number });
    done.push(one.kill);
    violations.push(...one.violations.map((text) => `after kill ${number}: ${text}`));
    before = one.now;
  }
  const rest = await comeToRest(place, before);
  place.hosts.end();
  violations.push(...rest.violations.map((text) => `at rest: ${text}`));
  const acknowledged = place.gateways.flatMap((one) =>
    one.acknowledged.map((message) => ({ home: one.home, message })),
  );
  violations.push(...(await usageDifferences(folder, acknowledged)));
  return {
    seed,
    kills: done,
    violations: [...new Set(violations)],
    figures: { 'first starts killed': firstStarts, ...figuresOf(place, rest.now) },
  };
};
