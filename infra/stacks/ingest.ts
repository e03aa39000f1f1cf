import { CfnOutput, Duration } from 'aws-cdk-lib';
import {
  batchRule,
  commandResultRule,
  HISTORY_DIMENSIONS,
  HISTORY_RULES,
  HISTORY_TIME,
  readingRule,
  type Rule,
} from '@hems/shared/events/rules';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { HemsBucket } from '../constructs/bucket.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { HemsFunction, type HemsFunctionProps } from '../constructs/function.ts';
import { maySay } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { History } from '../constructs/history.ts';
import type { House } from '../constructs/house.ts';
import { ReadingStream } from '../constructs/reading-stream.ts';
import { brokerRole, HemsRule, lambdaRule, streamRule } from '../constructs/rule.ts';
import type { DataStack } from './data.ts';

export type IngestProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly environment: FunctionEnvironment;
};

type OwnOfIngest = Pick<HemsFunctionProps, 'entry' | 'does' | 'timeout' | 'deadLetters'>;

/** From the broker into the stores. */
export class IngestStack extends HemsStack {
  /** by rules, and by whoever hands in what was set aside */
  readonly ingest: HemsFunction;
  /** where there is a stream: what reads it */
  readonly streamIngest: HemsFunction | undefined;
  /** and what calls that */
  readonly streamMapping: EventSourceMapping | undefined;
  readonly commandResult: HemsFunction;
  readonly rules: HemsRule[];
  readonly deadLetters: Record<'notIngested' | 'lostResults' | 'ruleFailures', DeadLetters>;
  /** what the raw history did not take; live view, bills and rewards do not read it */
  readonly historyFailures: DeadLetters | undefined;

  constructor(scope: Construct, props: IngestProps) {
    super(scope, 'ingest', { choice: props.house, holds: 'from the broker into the stores' });
    const { house, data } = props;
    const waiting = (id: string, hurt: string) => new DeadLetters(this, id, { house, hurt });
    this.deadLetters = {
      notIngested: waiting(
        'NotIngested',
        'Homes whose messages wait here see a gap in their day and in their bill until they are replayed.',
      ),
      lostResults: waiting('LostResults', 'Residents whose battery or switch obeyed still see the order as sent.'),
      ruleFailures: waiting(
        'RuleFailures',
        'Homes whose messages wait here have no reading for that time: the broker could not hand them on.',
      ),
    };
    this.historyFailures =
      data.history &&
      waiting('HistoryFailures', 'Residents who look back at single devices do not see the points that wait here.');
    this.ingest = this.#ingestFunction(props, 'Ingest', {
      entry: 'functions/events/ingest.ts',
      does: 'Validates readings, keeps live state, quarter hours and history',
      timeout: Duration.seconds(30),
      deadLetters: this.deadLetters.notIngested,
    });
    const streamed = data.setAside && this.#openStream(props, data.setAside);
    this.streamIngest = streamed?.reader;
    this.streamMapping = streamed?.mapping;
    this.commandResult = this.#commandResultFunction(props);
    const { ruleFailures: failures } = this.deadLetters;
    const filled = house.ingestMode === 'stream' ? streamed?.stream : undefined;
    const toIngest = (id: string, rule: Rule, does: string): HemsRule =>
      filled
        ? streamRule(this, id, { rule, does, stream: filled, failures })
        : lambdaRule(this, id, { rule, does, handler: this.ingest, failures });
    this.rules = [
      toIngest('Reading', readingRule, 'One point to ingest'),
      toIngest('Batch', batchRule, 'Many points to ingest'),
      lambdaRule(this, 'CommandResult', {
        rule: commandResultRule,
        does: 'How an order fared',
        handler: this.commandResult,
        failures,
      }),
    ];
    // what comes by the stream is written to the history by its reader
    if (data.history && this.historyFailures && !filled)
      this.rules.push(...this.#historyRules(data.history, this.historyFailures));
    new CfnOutput(this, 'IngestMode', { value: house.ingestMode });
  }

  #historyRules(history: History, failures: DeadLetters): HemsRule[] {
    return HISTORY_RULES.map(({ rule, table }) => {
      const id = table === 'electrical' ? 'ElectricalHistory' : 'EnvironmentHistory';
      const role = brokerRole(this, `${id}Role`);
      history.open(role, 'write', table);
      return new HemsRule(this, id, {
        rule,
        does: `The ${table} quantities of one point to the raw history, as they came`,
        action: {
          timestream: {
            roleArn: role.roleArn,
            databaseName: history.databaseName,
            tableName: history.tables[table].attrName,
            dimensions: Object.entries(HISTORY_DIMENSIONS).map(([name, value]) => ({ name, value })),
            timestamp: HISTORY_TIME,
          },
        },
        failures,
      });
    });
  }

  #openStream(
    props: IngestProps,
    setAside: HemsBucket,
  ): { stream: ReadingStream; reader: HemsFunction; mapping: EventSourceMapping } {
    const stream = new ReadingStream(this, 'Readings', props.house);
    const reader = this.#ingestFunction(props, 'StreamIngest', {
      entry: 'functions/events/ingest-stream.ts',
      does: 'Takes in readings from the stream, up to 500 messages at once',
      // a batch that fails is searched for the message that fails
      timeout: Duration.minutes(2),
    });
    const mapping = stream.feed(reader, setAside);
    new CfnOutput(this, 'Stream', { value: stream.streamName });
    new CfnOutput(this, 'StreamFunction', { value: reader.functionName });
    new CfnOutput(this, 'SetAside', { value: setAside.bucketName });
    return { stream, reader, mapping };
  }

  #ingestFunction({ house, data, bus, environment }: IngestProps, id: string, own: OwnOfIngest): HemsFunction {
    const ingest = new HemsFunction(this, id, {
      ...own,
      house,
      environment: { ...environment, EVENT_BUS: bus.name, INGEST_MODE: house.ingestMode },
      logLevel: house.config.logLevel.ingest,
      memoryMb: 1024,
      watchedBy: 'IngestionBudget',
    });
    data.tables.homes.open(ingest, 'read');
    data.tables.energy.open(ingest, 'readWrite');
    data.tables.operations.open(ingest, 'write');
    data.openHistory(ingest, 'write');
    // of unusual use, told as it is seen
    maySay(ingest, bus);
    return ingest;
  }

  #commandResultFunction({ house, data, environment }: IngestProps): HemsFunction {
    const commandResult = new HemsFunction(this, 'CommandResultFunction', {
      house,
      watchedBy: 'itself',
      entry: 'functions/events/command-result.ts',
      does: 'Keeps how an order to a gateway fared',
      environment,
      logLevel: house.config.logLevel.ingest,
      timeout: Duration.seconds(10),
      memoryMb: 512,
      deadLetters: this.deadLetters.lostResults,
      hurt: 'Residents do not learn whether their battery or switch obeyed.',
      chapter: 'command-results-are-lost',
    });
    data.tables.homes.open(commandResult, 'readWrite');
    data.tables.operations.open(commandResult, 'write');
    return commandResult;
  }
}
