import { HOME } from '../../testing/world.ts';

/** Puts a port behind the faults of a test. */
export type Through = <Port extends object>(port: Port) => Port;
export type Trial = {
  /** the work that needs the port; done again it changes nothing */
  act(): Promise<unknown>;
  /** what passes before it is tried again */
  later?(): unknown;
  /** what came of it: the same whatever happened on the way */
  state(): Promise<unknown>;
  close?(): Promise<unknown>;
};
export type PortCase = {
  readonly does: string;
  /** as the adapters of the port fail, where use cases listen to how */
  readonly error?: Error;
  /** its failure is no failure of the work, which says so in its answer or is done by a later sweep */
  readonly absorbed?: true;
  open(through: Through): Promise<Trial>;
};

export const { householdId } = HOME;
export const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;
export const MINUTE_MS = 60_000;
export const same: Through = (port) => port;
