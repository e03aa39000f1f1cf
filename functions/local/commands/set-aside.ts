import { parseArgs } from 'node:util';
import { stackOutputs } from '../../adapters/aws/deploy-account.ts';
import { setAsideBatches, type SetAsideBatch, type SetAsidePlace } from '../../adapters/aws/set-aside.ts';
import { ASSEMBLY, readAssembly } from './deploy-assembly.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems set-aside list --stage NAME      the batches of readings that the reader of the stream gave up, and when
hems set-aside hand-in --stage NAME   hands each to the reader again; what is taken leaves the bucket, a repeat changes nothing
At a deployed stage that takes readings in by a stream, with your AWS credentials.`;

type Batches = ReturnType<typeof setAsideBatches>;

const OPTIONS = { stage: { type: 'string' }, help: { type: 'boolean', default: false } } as const;

/** In the Region of either store. */
const placeOf = async (stage: string): Promise<SetAsidePlace> => {
  for (const telemetryStore of ['timestream', 'blocks'] as const) {
    const { region } = await readAssembly(ASSEMBLY, { stage, telemetryStore, ingestMode: 'direct' });
    const outputs = await stackOutputs(region, `hems-${stage}-ingest`);
    const { SetAside: bucket, StreamFunction: functionName } = outputs ?? {};
    if (bucket !== undefined && functionName !== undefined) return { region, bucket, functionName };
  }
  throw new CommandRefused(
    `${stage} is not deployed with a stream; without one, failed readings are in its dead-letter queues`,
  );
};

const print = ({ given, shard, messages }: SetAsideBatch, what: string): void =>
  console.log([given, shard, `${messages} messages`, what].map(shown).join('\t'));

const list = async (batches: Batches): Promise<number> => {
  let count = 0;
  for await (const batch of batches.all()) {
    count += 1;
    print(batch, batch.why);
  }
  console.log(`${count} batches`);
  return 0;
};

const handIn = async (batches: Batches): Promise<number> => {
  let [count, left] = [0, 0];
  for await (const batch of batches.all()) {
    count += 1;
    const refused = await batches.handIn(batch);
    if (refused !== undefined) left += 1;
    print(batch, refused ?? 'taken in');
  }
  console.log(`${count - left} of ${count} batches were taken in`);
  return left === 0 ? 0 : 1;
};

const VERBS: Readonly<Record<string, (batches: Batches) => Promise<number>>> = { list, 'hand-in': handIn };

/** The command `hems set-aside`. */
export const runSetAside = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const verb = VERBS[positionals[0] ?? ''];
  if (values.help || values.stage === undefined || !verb) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  return await verb(setAsideBatches(await placeOf(values.stage)));
};
