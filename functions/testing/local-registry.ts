import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKey } from '../adapters/embedded/signing-request.ts';
import { openAuthority, type Authority } from '../local/ca/authority.ts';
import { deviceRegistry } from '../local/ca/device-registry.ts';
import { liveSessions } from '../local/ca/sessions.ts';
import type { Table } from '../ports/table.ts';

/** One authority for the whole file of tests: making its key takes longer than a test does. */
const opened = async (): Promise<Authority> => {
  const folder = mkdtempSync(join(tmpdir(), 'hems-ca-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return openAuthority(folder, { now: () => Date.now() });
};
let authority: Promise<Authority> | undefined;
let signingRequest: Promise<string> | undefined;

/** What a gateway asks with; the key behind it is nobody's. */
export const aSigningRequest = (): Promise<string> =>
  (signingRequest ??= makeKey().then(({ signingRequestPem }) => signingRequestPem));

/** The local certificate authority's registry over a table: things and certificates are rows, which an erasure has to take away. */
export const localRegistry = (table: Table) =>
  deviceRegistry({
    table,
    authority: {
      caPem: '',
      certify: async (request) => (await (authority ??= opened())).certify(request),
      issueServer: async () => (await (authority ??= opened())).issueServer(),
    },
    sessions: liveSessions(),
  });
