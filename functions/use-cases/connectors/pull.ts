import { isoSeoul } from '@hems/models/calendar/seoul';
import { after, mayTry } from '@hems/models/connector/breaker';
import { connectorStatePut, readConnectorState, type KeptState, type Pulled } from '../stores/connector-state.ts';
import { ask, NoAnswer, type AskDeps } from './ask.ts';
import type { Connector, Source } from '@hems/models/connector/connector';
import { takePage, type Counts, type PageDeps } from './take-page.ts';

export type PullDeps = AskDeps & PageDeps;

type Window = Pick<Pulled, 'kind' | 'fromMs' | 'toMs'>;

const MINUTE_MS = 60_000;
/** A system that always names another page is not asked for ever. */
const PAGES_MAX = 200;
/** A part of what the function has: the next system wants its turn too. */
const LONGEST_MS = 90_000;
const LEAST_WINDOW_MIN = 60;

const lengthOf = ({ windowMinutes }: Connector, state: KeptState): number =>
  (state.windowMinutes ?? windowMinutes) * MINUTE_MS;

/** From a little before what was had to now, in steps that fit into memory and time. */
const liveWindow = (connector: Connector, state: KeptState, nowMs: number): Window => {
  const longest = lengthOf(connector, state);
  const overlapMs = connector.overlapMinutes * MINUTE_MS;
  const fromMs = (state.watermarkMs ?? nowMs - longest) - overlapMs;
  return { kind: 'live', fromMs, toMs: Math.min(nowMs, fromMs + longest + overlapMs) };
};

/** What is asked for again takes turns with what is new, so that neither waits for the other. */
const windowOf = (connector: Connector, state: KeptState, nowMs: number): Window => {
  const { replay, runs } = state;
  if (!replay || runs[0]?.kind !== 'live') return liveWindow(connector, state, nowMs);
  return {
    kind: 'replay',
    fromMs: replay.nextMs,
    toMs: Math.min(replay.nextMs + lengthOf(connector, state), replay.toMs),
  };
};

const pathOf = (path: string, { fromMs, toMs }: Window, cursor: string): string => {
  const values: Record<string, string> = {
    from: isoSeoul(fromMs),
    to: isoSeoul(toMs),
    cursor,
  };
  return path.replace(/\{(from|to|cursor)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ''));
};

const pullSource = async (
  deps: PullDeps,
  {
    connector,
    source,
    window,
  }: { readonly connector: Connector; readonly source: Source; readonly window: Window & { readonly endMs: number } },
  before: Counts,
): Promise<Counts> => {
  let counts = before;
  let cursor = '';
  for (let page = 1; ; page += 1) {
    if (deps.clock.now() > window.endMs) throw new TooLong();
    const answer = await ask(deps, connector, pathOf(source.path, window, cursor));
    const taken = await takePage(deps, { connector, source, answer }, counts);
    counts = taken.counts;
    if (taken.next === undefined) return counts;
    if (taken.next === cursor || page === PAGES_MAX) throw new NoAnswer('it names page after page without an end');
    cursor = taken.next;
  }
};

/** The system answers, and too slowly for so much. */
class TooLong extends Error {
  constructor() {
    super(`it took longer than ${LONGEST_MS / 1000} s; less is asked for next time`);
  }
}

const nothing = (): Counts => ({ pages: 0, taken: 0, readings: 0, rewards: 0, refused: {} });

const pullWindow = async (
  deps: PullDeps,
  connector: Connector,
  window: Window & { readonly endMs: number },
): Promise<Counts> => {
  let counts = nothing();
  for (const source of connector.sources) counts = await pullSource(deps, { connector, source, window }, counts);
  return counts;
};

/** Half as much at a time after one that took too long, twice as much again after one that did not. */
const windowMinutesAfter = (
  { windowMinutes }: Connector,
  before: number | null,
  how: 'too-long' | 'done',
): number | null => {
  if (how === 'too-long') return Math.max(LEAST_WINDOW_MIN, Math.floor((before ?? windowMinutes) / 2));
  return before === null || before * 2 >= windowMinutes ? null : before * 2;
};

/** The state after a window: had in whole, it is behind the watermark; otherwise it is asked for again. */
const stateAfter = (connector: Connector, state: KeptState, { run, tooLong }: Ended): KeptState => {
  const runs = [run, ...state.runs];
  const how = tooLong ? 'too-long' : run.outcome === 'done' ? 'done' : undefined;
  const windowMinutes = how ? windowMinutesAfter(connector, state.windowMinutes, how) : state.windowMinutes;
  if (run.outcome === 'failed')
    return { ...state, windowMinutes, breaker: after(state.breaker, 'failure', run.atMs), runs };
  const closed = { ...state, windowMinutes, breaker: after(state.breaker, 'success', run.atMs), runs };
  if (run.kind === 'live') return { ...closed, watermarkMs: Math.max(run.toMs, state.watermarkMs ?? 0) };
  const toMs = state.replay?.toMs ?? run.toMs;
  return { ...closed, replay: run.toMs >= toMs ? null : { nextMs: run.toMs, toMs } };
};

type Ended = { readonly run: Pulled; readonly tooLong: boolean };

/** Whatever goes wrong is kept with the run and leaves the next system alone; a table that is away fails when that is written. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Asks a system for what it knows since it was asked last, and keeps it. Nothing is lost on a failure: the watermark stays, what was taken
 * changes nothing when it comes again, and a system that keeps failing is asked ever more rarely. Undefined: it is not its turn.
 */
export const pull = async (deps: PullDeps, connector: Connector): Promise<Pulled | undefined> => {
  const nowMs = deps.clock.now();
  const state = await readConnectorState(deps.table, connector);
  if (!mayTry(state.breaker, nowMs)) return undefined;
  const window = windowOf(connector, state, nowMs);
  const bounded = { ...window, endMs: nowMs + LONGEST_MS };
  const ended = await pullWindow(deps, connector, bounded).then(
    (counts): Ended => ({ run: { ...counts, ...window, atMs: nowMs, outcome: 'done', reason: null }, tooLong: false }),
    (error: unknown): Ended => ({
      run: { ...nothing(), ...window, atMs: nowMs, outcome: 'failed', reason: reasonOf(error) },
      tooLong: error instanceof TooLong,
    }),
  );
  await deps.table.put(connectorStatePut(connector, stateAfter(connector, state, ended)));
  return ended.run;
};
