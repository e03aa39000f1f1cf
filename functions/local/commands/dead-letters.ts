import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deadLettersOf, redrive, type StageLetters } from '../../adapters/aws/operations.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { allQueues, deadIn, redriveDead } from '../../adapters/embedded/queue.ts';
import { systemClock } from '../clock.ts';
import { isInUse } from '../data-directory.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems dead-letters list [--data DIR | --stage STAGE --region REGION]            every queue that holds what was given up
hems dead-letters redrive QUEUE [--data DIR | --stage STAGE --region REGION]   has it tried again; mend the cause first
Without --stage those of a local host, running or not (default .data). With it those of a stage in AWS, with your own credentials
(AWS_PROFILE): messages go back to their queue, what a function did not take is handed to it again, what the broker could not hand on is
published again. What is not taken stays where it is. Handing in twice changes nothing. Ends with 1 where something stays.`;

const OPTIONS = {
  data: { type: 'string' },
  stage: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Where = {
  readonly data: string | undefined;
  readonly stage: string | undefined;
  readonly region: string | undefined;
};

const databaseOf = (data = '.data'): { readonly folder: string; readonly file: string } => {
  const folder = resolve(data);
  const file = join(folder, 'hems.sqlite');
  if (!existsSync(file)) throw new CommandRefused(`${file} is not there; name the host's folder by --data DIR.`);
  return { folder, file };
};

const WIDTH = 28;
const MOST_SHOWN = 5;
const BODY_SHOWN = 160;

/** What stands in a message may be of a household: a few characters say which it is, and no more of it is put on a screen. */
const firstOf = (body: string): string => shown(body.length > BODY_SHOWN ? `${body.slice(0, BODY_SHOWN)}…` : body);

const listLocal = async (data: string | undefined): Promise<number> => {
  const database = openDatabase(databaseOf(data).file);
  try {
    const queues = allQueues(database).filter(({ dead, waiting }) => dead > 0 || waiting > 0);
    for (const { name, waiting, dead } of queues) {
      console.log(`${name.padEnd(WIDTH)} ${dead} given up, ${waiting} waiting`);
      for (const { id, body, attempt } of deadIn(database, name, MOST_SHOWN))
        console.log(`  ${id}\tafter ${attempt} tries\t${firstOf(body)}`);
    }
    if (queues.length === 0) console.log('every queue is empty');
    return 0;
  } finally {
    await database.close();
  }
};

const redriveLocal = async (name: string, data: string | undefined): Promise<number> => {
  const { folder, file } = databaseOf(data);
  const database = openDatabase(file);
  try {
    const known = allQueues(database).map((queue) => queue.name);
    if (!known.includes(name))
      throw new CommandRefused(
        `There is nothing in a queue ${name}.${known.length === 0 ? '' : ` Known: ${known.join(', ')}`}`,
      );
    const moved = await redriveDead({ database, clock: systemClock }, name);
    const when = isInUse(folder) ? 'the host takes them within seconds' : 'the next start of the host takes them';
    console.log(moved === 0 ? `nothing was given up in ${name}` : `${moved} of ${name} are tried again; ${when}`);
    return 0;
  } finally {
    await database.close();
  }
};

const inStage = async <T>(work: Promise<T>): Promise<T> =>
  await work.catch((error: unknown) => {
    const [name, message] = error instanceof Error ? [error.name, error.message] : ['', String(error)];
    throw new CommandRefused(
      `AWS refused: ${name}: ${message}\nSign in (aws sso login, or set AWS_PROFILE) with a role that may read the stacks and the queues of the stage.`,
      { cause: error },
    );
  });

const stageLetters = async ({
  stage,
  region,
}: Where): Promise<{ readonly region: string; readonly queues: readonly StageLetters[] }> => {
  const where = region ?? process.env['AWS_REGION'];
  if (stage === undefined || where === undefined)
    throw new CommandRefused('Name the Region of the stage with --region, or in AWS_REGION.');
  const queues = await inStage(deadLettersOf({ region: where, stage }));
  if (queues.length === 0)
    throw new CommandRefused(`There is no stage ${stage} in ${where}: no stack hems-${stage}-… has a queue.`);
  return { region: where, queues };
};

const listStage = async (where: Where): Promise<number> => {
  const { queues } = await stageLetters(where);
  for (const { id, depth, source } of queues)
    console.log(
      `${id.padEnd(WIDTH)} ${depth} given up\t${source === undefined ? 'by functions, schedules or the broker' : 'by a queue'}`,
    );
  return 0;
};

const redriveStage = async (name: string, where: Where): Promise<number> => {
  const { region, queues } = await stageLetters(where);
  const found = queues.find(({ id }) => id === name);
  if (!found) throw new CommandRefused(`There is no queue ${name}. Known: ${queues.map(({ id }) => id).join(', ')}`);
  const { taken, left } = await inStage(redrive({ region }, found));
  console.log(`${name}: ${taken} are tried again or were taken, ${left.length} failed again and stay`);
  for (const why of new Set(left)) console.log(`  ${shown(why)}`);
  return left.length === 0 ? 0 : 1;
};

type Given = Where & { readonly help: boolean };

const isRedrive = ([verb, name, ...more]: readonly string[]): boolean =>
  verb === 'redrive' && name !== undefined && more.length === 0;

/** undefined: nothing that could be done was asked for. */
const carryOut = async (words: readonly string[], { help, ...where }: Given): Promise<number | undefined> => {
  const isList = words.length === 1 && words[0] === 'list';
  if (help || !(isList || isRedrive(words))) return undefined;
  const [, name = ''] = words;
  if (where.stage === undefined) return isList ? await listLocal(where.data) : await redriveLocal(name, where.data);
  if (where.data !== undefined) throw new CommandRefused('Either --data of a local host or --stage in AWS.');
  return isList ? await listStage(where) : await redriveStage(name, where);
};

/** The command `hems dead-letters`. */
export const runDeadLetters = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const { data, stage, region, help } = values;
  const code = await carryOut(positionals, { data, stage, region, help });
  if (code !== undefined) return code;
  console.log(USAGE);
  return help ? 0 : 1;
};
