import type { Answer } from '../../adapters/aws/deploy-account.ts';
import type { Assembly, IngestMode, TelemetryStore } from './deploy-assembly.ts';
import { modeToBe, type IngestInUse, type ModeChoice } from './deploy-ingest.ts';

/** Everything the account was asked before anything is changed in it. */
export type AccountAnswers = {
  /** account number */
  readonly account: Answer<string>;
  /** per Region that could be deployed to */
  readonly regions: Readonly<Record<string, RegionAnswers>>;
  /** endpoints of Timestream for LiveAnalytics, in the Region of the assembly that uses it */
  readonly timestream: Answer<string[]>;
  /** how the stage takes readings in where it is deployed; undefined: it is not */
  readonly ingest: Answer<IngestInUse | undefined>;
};
export type RegionAnswers = {
  /** version of the CDK bootstrap stack; undefined: there is none */
  readonly bootstrap: Answer<number | undefined>;
  /** stages of ours that are deployed there, with their store */
  readonly stages: Answer<Readonly<Record<string, TelemetryStore>>>;
};

export type Verdict =
  | { readonly go: true; readonly assembly: Assembly; readonly account: string; readonly because: string }
  | { readonly go: false; readonly why: string; readonly todo: string };

export type Wanted = {
  readonly stage: string;
  /** as `--ingest` says */
  readonly ingest?: IngestMode | undefined;
  readonly assemblies: Readonly<Record<TelemetryStore, Readonly<Record<IngestMode, Assembly>>>>;
};

const stop = (why: string, todo: string): Verdict => ({ go: false, why, todo });

/** What AWS has told every account since 2025-06-20 that had not used the service before. */
const CLOSED = 'Only existing Timestream for LiveAnalytics customers can access the service';

type Choice = { readonly store: TelemetryStore; readonly because: string };

/** A stage keeps its store: its history would stay behind in the other. */
const storeInUse = ({ regions }: AccountAnswers, stage: string): Choice | undefined => {
  for (const [region, { stages }] of Object.entries(regions)) {
    const store = 'is' in stages ? stages.is[stage] : undefined;
    if (store) return { store, because: `${stage} is deployed in ${region} with ${store} and keeps it` };
  }
  return undefined;
};

const storeToBe = ({ timestream }: AccountAnswers, region: string): Choice | Verdict => {
  if ('is' in timestream)
    return { store: 'timestream', because: `this account has Timestream for LiveAnalytics in ${region}` };
  const { name, message } = timestream.refused;
  if (name === 'AccessDeniedException' && message.startsWith(CLOSED))
    return { store: 'blocks', because: `Timestream for LiveAnalytics is closed to this account (AWS: "${CLOSED}")` };
  if (/AccessDenied|NotAuthorized|UnrecognizedClient/.test(name))
    return stop(
      `whether the account has Timestream for LiveAnalytics cannot be told: ${name}: ${message}`,
      'let these credentials call timestream:DescribeEndpoints, then deploy again',
    );
  return stop(
    `Timestream in ${region} did not answer: ${name}: ${message}`,
    'nothing was changed; deploy again when the network and the service are there',
  );
};

const otherStage = ({ regions }: AccountAnswers, stage: string): Verdict | undefined => {
  for (const [region, { stages }] of Object.entries(regions)) {
    if ('refused' in stages)
      return stop(
        `the stacks in ${region} cannot be read: ${stages.refused.name}: ${stages.refused.message}`,
        'let these credentials call cloudformation:DescribeStacks',
      );
    const other = Object.keys(stages.is).find((name) => name !== stage);
    if (other !== undefined)
      return stop(
        `this account already holds the stage ${other} (${region}); topics, rules and the log of IoT Core belong to a whole account`,
        `deploy ${stage} into an account of its own`,
      );
  }
  return undefined;
};

const bootstrapped = (
  { bootstrap }: RegionAnswers,
  { region, bootstrapVersion }: Assembly,
  account: string,
): Verdict | undefined => {
  if ('refused' in bootstrap)
    return stop(
      `the CDK bootstrap of ${region} cannot be read: ${bootstrap.refused.name}: ${bootstrap.refused.message}`,
      'let these credentials call cloudformation:DescribeStacks',
    );
  if (bootstrap.is !== undefined && bootstrap.is >= bootstrapVersion) return undefined;
  const found =
    bootstrap.is === undefined
      ? 'is not prepared'
      : `is prepared in version ${bootstrap.is}, ${bootstrapVersion} is needed`;
  return stop(`${region} of account ${account} ${found} for the CDK`, `npx cdk bootstrap aws://${account}/${region}`);
};

const ingestToBe = ({ ingest }: AccountAnswers, { stage, ingest: asked }: Wanted): ModeChoice | Verdict => {
  if ('refused' in ingest)
    return stop(
      `how ${stage} takes readings in cannot be told: ${ingest.refused.name}: ${ingest.refused.message}`,
      'let these credentials call cloudformation:DescribeStacks, cloudwatch:GetMetricData and s3:ListBucket',
    );
  const mode = modeToBe(stage, asked, ingest.is);
  return 'mode' in mode ? mode : stop(mode.why, mode.todo);
};

/** Whether to deploy, what and where. Asks nothing itself: the answers are handed in. */
export const preflight = (answers: AccountAnswers, wanted: Wanted): Verdict => {
  const { stage, assemblies } = wanted;
  const { account } = answers;
  if ('refused' in account)
    return stop(
      `AWS does not know who is asking: ${account.refused.name}: ${account.refused.message}`,
      'sign in (aws sso login, or set AWS_PROFILE), or look at the steps alone with --plan',
    );
  const foreign = otherStage(answers, stage);
  if (foreign) return foreign;
  const choice = storeInUse(answers, stage) ?? storeToBe(answers, assemblies.timestream.direct.region);
  if ('go' in choice) return choice;
  const ingest = ingestToBe(answers, wanted);
  if ('go' in ingest) return ingest;
  const assembly = assemblies[choice.store][ingest.mode];
  const region = answers.regions[assembly.region];
  if (!region) throw new Error(`the account was not asked about ${assembly.region}`);
  return (
    bootstrapped(region, assembly, account.is) ?? {
      go: true,
      assembly,
      account: account.is,
      because: `${choice.because}; ${ingest.because}`,
    }
  );
};
