import { FILE_CASES } from './port-cases-files.ts';
import { HOME_CASES } from './port-cases-home.ts';
import { STORE_CASES } from './port-cases-stores.ts';
import { TELLING_CASES } from './port-cases-telling.ts';
import type { PortCase } from './port-trial.ts';

/** Every file of functions/ports, by its name; a new port without a case here fails the test. */
export const PORT_CASES: Readonly<Record<string, PortCase | { readonly inProcess: string }>> = {
  clock: { inProcess: 'no call leaves the process; its jumps are in clock.test.ts' },
  ids: { inProcess: 'random bytes; that one comes twice is in ports.test.ts' },
  'openadr-2b': { inProcess: 'a function of its text; what it refuses is in its own tests' },
  ...STORE_CASES,
  ...TELLING_CASES,
  ...HOME_CASES,
  ...FILE_CASES,
};
