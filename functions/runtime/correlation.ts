import { AsyncLocalStorage } from 'node:async_hooks';
import type { Measured } from './measured.ts';

/** What is known of the invocation at hand. Many run beside each other in the local host, so none of it may lie in a module. */
export type Invocation = {
  readonly correlationId: string;
  /** the function's name */
  readonly handler: string;
  readonly requestId: string;
  /** grows while the invocation runs */
  readonly measured: Measured[];
};

/** Of all steps of a daily run. */
export const correlationOfRun = ({ date, attempt }: { readonly date: string; readonly attempt: number }): string =>
  `run-${date}-${attempt}`;

const invocations = new AsyncLocalStorage<Invocation>();

/** Runs the work as this invocation: whatever it awaits finds it by `invocation`. */
export const asInvocation = <T>(own: Invocation, work: () => T): T => invocations.run(own, work);

/** Undefined outside of any: at the start of a process, and in tests of parts. */
export const invocation = (): Invocation | undefined => invocations.getStore();

/** Runs the work under the id of one of the messages that the invocation was handed. */
export const correlated = <T>(correlationId: string | undefined, work: () => T): T => {
  const own = invocations.getStore();
  return own && correlationId !== undefined ? invocations.run({ ...own, correlationId }, work) : work();
};
