import { CommandRefused } from './sign-in.ts';

/** `npm run hems -- <command>`: the operator's command line. Each command is a file here that answers an exit code. */
type Command = {
  readonly summary: string;
  readonly load: () => Promise<(args: string[]) => number | Promise<number>>;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  approve: {
    summary: 'approves the residence of a household, and lets its people see their readings',
    load: async () => (await import('./residence.ts')).runApprove,
  },
  backup: {
    summary: 'copies a data directory, keys and all, also while a host runs on it',
    load: async () => (await import('./backup.ts')).runBackup,
  },
  bill: {
    summary: 'what a use of electricity costs in a meter-reading period',
    load: async () => (await import('./bill.ts')).runBill,
  },
  claims: {
    summary: 'makes claim codes for gateways of a delivery',
    load: async () => (await import('./claims.ts')).runClaims,
  },
  codes: {
    summary: 'makes a residence code for each flat of a building',
    load: async () => (await import('./codes.ts')).runCodes,
  },
  connectors: {
    summary: 'asks a fake of each system that connectors know, and says what came of it',
    load: async () => (await import('./connectors.ts')).runConnectors,
  },
  'dead-letters': {
    summary: 'lists what was given up, and has it tried again, here or in a stage',
    load: async () => (await import('./dead-letters.ts')).runDeadLetters,
  },
  doctor: {
    summary: 'says what is not well on this machine, in a data directory or at its host, and what to do',
    load: async () => (await import('./doctor.ts')).runDoctor,
  },
  gateway: {
    summary: 'connects a gateway of your own to a local host, or shuts it out',
    load: async () => (await import('./gateway.ts')).runGateway,
  },
  'look-up': {
    summary: 'what is known of a household by an opaque id, without its readings',
    load: async () => (await import('./look-up.ts')).runLookUp,
  },
  'openadr-check': {
    summary: 'checks a VTN of OpenADR 3.1, objects to webhook subscriptions, and prints a table',
    load: async () => (await import('./openadr-check.ts')).runOpenadrCheck,
  },
  'openadr-client': {
    summary: 'takes up OAuth clients of partners for OpenADR, and ends them',
    load: async () => (await import('./openadr-client.ts')).runOpenadrClient,
  },
  openapi: {
    summary: 'writes docs/api from the contract',
    load: async () => (await import('./openapi.ts')).writeApiDocs,
  },
  partner: {
    summary: 'takes up partners and their keys, and shuts them out',
    load: async () => (await import('./partner.ts')).runPartner,
  },
  quarantine: {
    summary: 'lists messages that were kept out, and lets them through again',
    load: async () => (await import('./quarantine.ts')).runQuarantine,
  },
  refuse: {
    summary: 'refuses the residence of a household, with a reason that its people read',
    load: async () => (await import('./residence.ts')).runRefuse,
  },
  restore: {
    summary: 'brings a backup back into an empty folder, and erases again who was erased since',
    load: async () => (await import('./backup.ts')).runRestore,
  },
  'restore-drill': {
    summary: 'backs a host up under load, loses it, restores it elsewhere, and says what was lost and how long it took',
    load: async () => (await import('./restore-drill.ts')).runRestoreDrill,
  },
  'running-bill': {
    summary: 'how good the projected bill and its tier alerts are, on simulated and recorded homes',
    load: async () => (await import('./running-bill.ts')).runRunningBill,
  },
  'run-day': {
    summary: 'carries out the daily run of a day, and says what moved and why',
    load: async () => (await import('./run-day.ts')).runDay,
  },
  site: {
    summary: 'says which building a partner runs',
    load: async () => (await import('./site.ts')).runSite,
  },
  'scan-erasure': {
    summary: 'looks for ids of who was erased in everything a local host keeps',
    load: async () => (await import('./scan-erasure.ts')).scanErasure,
  },
  scorecard: {
    summary: 'how far off each baseline method is, on recorded and generated homes',
    load: async () => (await import('./scorecard.ts')).runScorecard,
  },
  'set-aside': {
    summary: 'batches of readings that the reader of a deployed stream gave up, and how they get in after all',
    load: async () => (await import('./set-aside.ts')).runSetAside,
  },
  spikes: {
    summary: 'how often unusual use is told without a reason, and what it finds, on recorded homes',
    load: async () => (await import('./spikes.ts')).runSpikes,
  },
  token: {
    summary: 'prints an access token of a demo resident of the running local host',
    load: async () => (await import('./token.ts')).runToken,
  },
  unlock: {
    summary: 'lets a household try codes again after ten wrong ones',
    load: async () => (await import('./residence.ts')).runUnlock,
  },
  waiting: {
    summary: 'households that wait for somebody to approve their residence',
    load: async () => (await import('./residence.ts')).runWaiting,
  },
};

const usage = (): string =>
  [
    'npm run -s hems -- <command> [options]; <command> --help says more',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`),
  ].join('\n');

const main = async ([name = '--help', ...args]: string[]): Promise<number> => {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return await (await command.load())(args);
  if (name !== '--help') console.error(`hems: there is no command ${name}`);
  console.log(usage());
  return name === '--help' ? 0 : 1;
};

/** What the person at the terminal can put right needs no stack. */
const isTheirs = (error: unknown): error is Error =>
  error instanceof CommandRefused ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(isTheirs(error) ? `hems: ${error.message}` : error);
  process.exitCode = 1;
}
