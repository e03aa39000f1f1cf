import { join } from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { BuildOptions } from 'esbuild';
import { HemsAlarm, type Consequence } from './alarm.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { FunctionEnvironment, MoreEnvironment } from './environment.ts';
import { allow } from './grants.ts';
import type { House } from './house.ts';

const ROOT = join(import.meta.dirname, '../..');

/** esbuild on this machine, never a container; the SDK goes into the bundle, pinned and quicker to load than the runtime's own. */
export const BUNDLE = {
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'functions/adapters/aws/lambda-credentials.ts') },
  // CommonJS inside (the X-Ray SDK) calls `require`, which a module has not
  banner: {
    js: "import{createRequire as requireOfBundle}from'node:module';const require=requireOfBundle(import.meta.url);",
  },
} satisfies BuildOptions;

const { legalComments, alias, banner, ...SAME } = BUNDLE;
const BUNDLING: BundlingOptions = {
  ...SAME,
  banner: banner.js,
  esbuildArgs: {
    '--legal-comments': legalComments,
    ...Object.fromEntries(Object.entries(alias).map(([name, path]) => [`--alias:${name}`, path])),
  },
  format: OutputFormat.ESM,
  logLevel: LogLevel.WARNING,
  bundleAwsSDK: true,
  forceDockerBundling: false,
};

/** The solver of mixed-integer programmes looks for its WebAssembly where its bundle lies. */
export const HIGHS_WASM = 'node_modules/highs/build/highs.wasm';

const copying = (files: readonly string[]): Pick<BundlingOptions, 'commandHooks'> =>
  files.length === 0
    ? {}
    : {
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (from, to) => files.map((file) => `cp "${join(from, file)}" "${to}"`),
        },
      };

type FunctionProps = {
  readonly house: House;
  /** path from the repository's root; the file exports `handler` */
  readonly entry: `functions/${string}.ts`;
  readonly does: string;
  readonly environment: FunctionEnvironment & MoreEnvironment;
  readonly logLevel: string;
  readonly timeout: Duration;
  readonly memoryMb: number;
  /** files that the bundle reads at run time, copied beside it: paths from the repository's root */
  readonly beside?: readonly string[];
  /** for one that is invoked and not waited for: where an event goes after two retries or six hours */
  readonly deadLetters?: DeadLetters;
};

/** One failed call means something to somebody, and wakes whoever is on duty. */
type WatchedByItself = Consequence & { readonly watchedBy: 'itself' };
/** One failed call of millions is nothing: failures are counted against this budget of the stack `ops`. */
type WatchedByBudget = { readonly watchedBy: 'IngestionBudget' | 'AnswersBudget' };

export type HemsFunctionProps = FunctionProps & (WatchedByItself | WatchedByBudget);

/** A Lambda with the house's defaults. It may log and trace; what else it may touch is granted by the stack that builds it. */
export class HemsFunction extends NodejsFunction {
  /** the file it is made of, as `api/usage` */
  readonly entry: string;

  constructor(scope: Construct, id: string, props: HemsFunctionProps) {
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(scope, `${id}Log`, {
      encryptionKey: props.house.operationsKey,
      retention: props.house.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      entry: join(ROOT, props.entry),
      handler: 'handler',
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      bundling: { ...BUNDLING, ...copying(props.beside ?? []) },
      description: props.does,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      environment: { ...props.environment, LOG_LEVEL: props.logLevel },
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
    });
    this.entry = props.entry.slice('functions/'.length, -'.ts'.length);
    allow(this, { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: [logGroup.logGroupArn] });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Sending X-Ray segments takes no resource; a test lists every statement with a bare *.',
    });
    if (props.deadLetters) this.#giveUpInto(props.deadLetters);
    if (props.watchedBy === 'itself') this.#watch(props.house, props);
  }

  #giveUpInto(deadLetters: DeadLetters): void {
    deadLetters.mayReceiveFrom(this);
    this.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
    });
  }

  #watch(house: House, { hurt, chapter }: Consequence): void {
    new HemsAlarm(this, 'Fails', {
      house,
      hurt,
      chapter,
      metric: this.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }
}
