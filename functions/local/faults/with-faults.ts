import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What becomes of one call of a port. `fails`: it never arrives. `slow`: it arrives, and answers so much later. `answer-lost`: it does its work
 * and the caller hears an error. `twice`: it is delivered twice, and the second answer is heard. `kills`: this process is gone in that moment.
 */
export type Fault =
  | { readonly kind: 'fails'; readonly error?: Error }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'twice' }
  | { readonly kind: 'kills'; readonly when: 'before' | 'after'; readonly last: () => void };

/** `nth`: of all calls of the port, from 1. */
export type PortCall = { readonly method: string; readonly nth: number };
export type FaultPlan = (call: PortCall) => Fault | undefined;

/** The port is away. */
export class PortAway extends Error {
  override readonly name = 'PortAway';
}
/** The port did its work, and its answer was lost on the way. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}

type Work = () => unknown;

const die = (last: () => void): void => {
  last();
  process.kill(process.pid, 'SIGKILL');
};

type Kills = Extract<Fault, { readonly kind: 'kills' }>;
const killedAt = async ({ when, last }: Kills, work: Work): Promise<unknown> => {
  if (when === 'before') die(last);
  const answer = await work();
  if (when === 'after') die(last);
  return answer;
};

const suffer = async (fault: Fault, work: Work, method: string): Promise<unknown> => {
  if (fault.kind === 'kills') return await killedAt(fault, work);
  if (fault.kind === 'fails') throw fault.error ?? new PortAway(`${method}: the port is away`);
  if (fault.kind === 'slow') {
    await sleep(fault.ms);
    return await work();
  }
  await work();
  if (fault.kind === 'twice') return await work();
  throw new AnswerLost(`${method}: the answer was lost`);
};

/**
 * Any port behind a plan of faults. A call without a fault is the port's own, so a method that answers at once goes on doing so; one that
 * suffers a fault answers later.
 */
export const withFaults = <Port extends object>(port: Port, plan: FaultPlan): Port => {
  let nth = 0;
  return new Proxy(port, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        nth += 1;
        const method = String(name);
        const fault = plan({ method, nth });
        const work = (): unknown => Reflect.apply(value, target, args) as unknown;
        return fault ? suffer(fault, work, method) : work();
      };
    },
  });
};
