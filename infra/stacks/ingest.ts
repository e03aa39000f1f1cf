import { Duration } from 'aws-cdk-lib';
import {
  batchRule,
  commandResultRule,
  HISTORY_DIMENSIONS,
  HISTORY_RULES,
  HISTORY_TIME,
  readingRule,
} from '@hems/shared/events/rules';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { HemsFunction } from '../constructs/function.ts';
import { maySay } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { History } from '../constructs/history.ts';
import type { House } from '../constructs/house.ts';
import { brokerRole, HemsRule, lambdaRule } from '../constructs/rule.ts';
import type { DataStack } from './data.ts';

export type IngestProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly environment: FunctionEnvironment;
};

/** From the broker into the stores. */
export class IngestStack extends HemsStack {
  readonly ingest: HemsFunction;
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
    this.ingest = this.#ingestFunction(props);
    this.commandResult = this.#commandResultFunction(props);
    const failures = this.deadLetters.ruleFailures;
    this.rules = [
      lambdaRule(this, 'Reading', { rule: readingRule, does: 'One point to ingest', handler: this.ingest, failures }),
      lambdaRule(this, 'Batch', { rule: batchRule, does: 'Many points to ingest', handler: this.ingest, failures }),
      lambdaRule(this, 'CommandResult', {
        rule: commandResultRule,
        does: 'How an order fared',
        handler: this.commandResult,
        failures,
      }),
    ];
    if (data.history && this.historyFailures)
      this.rules.push(...this.#historyRules(data.history, this.historyFailures));
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

  #ingestFunction({ house, data, bus, environment }: IngestProps): HemsFunction {
    const ingest = new HemsFunction(this, 'Ingest', {
      house,
      entry: 'functions/events/ingest.ts',
      does: 'Validates readings, keeps live state, quarter hours and history',
      environment: { ...environment, EVENT_BUS: bus.name },
      logLevel: house.config.logLevel.ingest,
      timeout: Duration.seconds(30),
      memoryMb: 1024,
      deadLetters: this.deadLetters.notIngested,
      hurt: 'Residents see old numbers: their readings are tried again for up to six hours, then set aside.',
      chapter: 'readings-are-not-taken-in',
    });
    data.tables.homes.open(ingest, 'read');
    data.tables.energy.open(ingest, 'readWrite');
    data.tables.operations.open(ingest, 'write');
    data.openHistory(ingest, data.history ? 'write' : 'readWrite');
    // of unusual use, told as it is seen
    maySay(ingest, bus);
    return ingest;
  }

  #commandResultFunction({ house, data, environment }: IngestProps): HemsFunction {
    const commandResult = new HemsFunction(this, 'CommandResultFunction', {
      house,
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
