import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { randomFrom, seedOf } from '@hems/models/testing/random';
import { log } from '../../runtime/log.ts';
import { aWebhookWorld, OFFICE } from '../../testing/webhook-world.ts';
import { createEndpoint, listEndpoints } from '../../use-cases/webhooks/endpoints.ts';
import { PORT_CASES } from './port-cases.ts';
import type { PortCase } from './port-trial.ts';
import { AnswerLost, PortAway, withFaults, type Fault } from './with-faults.ts';

const KINDS = ['fails', 'slow', 'answer-lost', 'twice'] as const;
const PORTS = readdirSync(new URL('../../ports', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
const cases = Object.entries(PORT_CASES).flatMap(([name, one]) => ('does' in one ? [{ name, one }] : []));

beforeAll(() => {
  for (const level of ['warn', 'error', 'info'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
});
afterAll(() => void vi.restoreAllMocks());

const faultOf = (kind: (typeof KINDS)[number], { error }: PortCase): Fault =>
  kind === 'slow' ? { kind, ms: 30 } : kind === 'fails' && error ? { kind, error } : { kind };

/** What comes of the work when nothing ever fails. */
const calmly = async (one: PortCase) => {
  let calls = 0;
  const trial = await one.open((port) => withFaults(port, () => void (calls += 1)));
  await trial.act();
  const callsOfWork = calls;
  await trial.later?.();
  await trial.act();
  const state = await trial.state();
  await trial.close?.();
  return { state, callsOfWork };
};

/** A failure is heard of, unless it is none of the work's; a port that is slow or told twice fails nobody. */
const expectTold = (
  outcome: unknown,
  { kind, isAbsorbed }: { readonly kind: (typeof KINDS)[number]; readonly isAbsorbed: boolean },
): void => {
  const isFailure = kind === 'fails' || kind === 'answer-lost';
  expect(outcome instanceof Error || !isFailure || isAbsorbed, 'a failure that nobody hears of').toBe(true);
  expect(outcome === undefined || isFailure, String(outcome)).toBe(true);
};

test('every port has its case of faults', () => {
  expect(Object.keys(PORT_CASES).toSorted()).toEqual(PORTS.toSorted());
});

describe.each(cases)('the port $name, which $one.does,', ({ name, one }) => {
  let calm: Awaited<ReturnType<typeof calmly>>;
  beforeAll(async () => {
    calm = await calmly(one);
  });
  test.each(KINDS)(
    '%s: it is told, nothing is done twice or lost, and it is done when the port is well again',
    async (kind) => {
      expect(calm.callsOfWork, 'the work has to need the port').toBeGreaterThan(0);
      // the first call, and another one that the name of the port decides
      const other = 1 + Math.floor(randomFrom(seedOf(name, kind))() * calm.callsOfWork);
      for (const at of new Set(kind === 'fails' || kind === 'answer-lost' ? [1, other] : [other])) {
        let isWell = false;
        const trial = await one.open((port) =>
          withFaults(port, ({ nth }) => (nth === at && !isWell ? faultOf(kind, one) : undefined)),
        );
        const working = trial.act();
        const outcome = await working.then(
          () => undefined,
          (error: unknown) => error,
        );
        expectTold(outcome, { kind, isAbsorbed: one.absorbed ?? at !== 1 });
        isWell = true;
        await trial.later?.();
        await trial.act();
        expect(await trial.state(), `seed ${name} ${kind}, call ${at}`).toEqual(calm.state);
        await trial.close?.();
      }
    },
  );
});

test('an id that came before makes no second endpoint, and writes over none of another partner', async () => {
  const world = await aWebhookWorld();
  const deps = { ...world.deps, ids: { next: () => 'id-1' } };
  const wanted = { url: 'https://office.example/hook', types: ['event.dispatched'] } as const;
  const first = await createEndpoint(deps, OFFICE, wanted);
  expect(await createEndpoint(deps, OFFICE, wanted)).toEqual(first);
  expect(await listEndpoints(deps, OFFICE)).toHaveLength(1);
});

describe('a port behind faults', () => {
  const port = () => {
    const done: string[] = [];
    return { done, work: async (what: string) => (done.push(what), what.length), now: () => 7 };
  };
  const suffering = (fault: Fault) => {
    const inner = port();
    return {
      inner,
      outer: withFaults(inner, ({ method, nth }) => (method === 'work' && nth === 1 ? fault : undefined)),
    };
  };

  test('is itself where the plan has none', async () => {
    const { inner, outer } = suffering({ kind: 'fails' });
    expect(outer.now()).toBe(7);
    expect(await outer.work('abc')).toBe(3);
    expect(inner.done).toEqual(['abc']);
  });

  test('has done nothing when it fails, everything when its answer is lost, and it twice when it is told twice', async () => {
    const failed = suffering({ kind: 'fails' });
    await expect(failed.outer.work('a')).rejects.toThrow(PortAway);
    const lost = suffering({ kind: 'answer-lost' });
    await expect(lost.outer.work('a')).rejects.toThrow(AnswerLost);
    const twice = suffering({ kind: 'twice' });
    expect(await twice.outer.work('a')).toBe(1);
    expect([failed, lost, twice].map(({ inner }) => inner.done.length)).toEqual([0, 1, 2]);
  });

  test('answers late when it is slow', async () => {
    const { outer } = suffering({ kind: 'slow', ms: 40 });
    const first = await Promise.race([outer.work('a'), sleep(10, 'nothing yet')]);
    expect(first).toBe('nothing yet');
  });
});
