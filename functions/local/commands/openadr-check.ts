import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { checkVtn, type Step } from './openadr-check-steps.ts';
import { clientOf, signedIn } from './openadr-check-vtn.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems openadr-check --url BASE --client ID --secret SECRET [--ven-client ID --ven-secret SECRET] [--callback URL]
Checks a VTN of OpenADR 3.1: objects, filters, problem objects, privacy and webhook subscriptions. BASE ends in /openadr3/3.1.0. The first
client is one of business logic; with an end node (--ven-…) what it may see is checked too. --callback is a public https address that answers
GET ?echo=… with the value and does not do so below /silent; without it no subscription is made. What the check makes it takes away again.`;

const OPTIONS = {
  url: { type: 'string' },
  client: { type: 'string' },
  secret: { type: 'string' },
  'ven-client': { type: 'string' },
  'ven-secret': { type: 'string' },
  callback: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** `ok`, `skipped` or `FAILED`, then what was looked at, and what came instead. */
export const tableOf = (steps: readonly Step[]): string[] =>
  steps.map(({ area, what, result }) => {
    const isPlain = result === 'ok' || result === 'skipped';
    return `${(isPlain ? result : 'FAILED').padEnd(8)}${area.padEnd(15)}${what}${isPlain ? '' : `: ${shown(result)}`}`;
  });

/** The command `hems openadr-check`: 0 when nothing failed. */
export const runOpenadrCheck = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { url, client, secret, callback, 'ven-client': venClient, 'ven-secret': venSecret } = values;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (url === undefined || client === undefined || secret === undefined)
    throw new CommandRefused(`--url, --client and --secret are needed.\n${USAGE}`);
  const base = url.replace(/\/$/, '');
  const hasVen = venClient !== undefined && venSecret !== undefined;
  const steps = await checkVtn({
    bl: await signedIn(base, { client, secret }),
    nobody: clientOf(base, undefined),
    ...(hasVen && { ven: await signedIn(base, { client: venClient, secret: venSecret }), venClient }),
    ...(callback !== undefined && { callback }),
    run: randomBytes(4).toString('hex'),
  });
  for (const line of tableOf(steps)) console.log(line);
  const failed = steps.filter(({ result }) => result !== 'ok' && result !== 'skipped').length;
  console.log(
    `${steps.length} steps, ${failed} failed, ${steps.filter(({ result }) => result === 'skipped').length} skipped`,
  );
  return failed === 0 ? 0 : 1;
};
