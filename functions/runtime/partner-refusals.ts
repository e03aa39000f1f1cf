import { noteRefusal } from '../use-cases/partners/refusals.ts';
import type { Refused, RefusalKind } from '../use-cases/refusal.ts';
import { log } from './log.ts';
import type { Identified } from './partner-caller.ts';
import { clock, table } from './ports.ts';

/** A line per request that is shut out, counted by its message; no signature, header, query or body. */
const MESSAGE = 'partner refused';
const SHUT_OUT: readonly RefusalKind[] = ['signed-out', 'forbidden'];

export type Told = {
  readonly code: string;
  readonly detail: string;
  /** undefined: it is not known whose request it is */
  readonly by?: { readonly partnerId: string; readonly keyId: string };
};

/** Into the log, and into what the partner sees of itself. */
export const tellShutOut = async ({ code, detail, by }: Told): Promise<void> => {
  log.warn(MESSAGE, { code, ...by });
  if (by) await noteRefusal({ table: await table(), clock: await clock() }, { ...by, code, detail });
};

/** The same of what a handler refuses, where it shuts the partner out. */
export const tellRefusal = async (
  by: Identified | undefined,
  { kind, code = kind, message: detail }: Refused,
): Promise<void> => {
  if (!SHUT_OUT.includes(kind)) return;
  await tellShutOut({ code, detail, ...(by && { by: { partnerId: by.partnerId, keyId: by.keyId } }) });
};
