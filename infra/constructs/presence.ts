import { Duration } from 'aws-cdk-lib';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { healthRule, presenceRule } from '@hems/shared/events/rules';
import { Construct } from 'constructs';
import type { DataStack } from '../stacks/data.ts';
import type { Consequence } from './alarm.ts';
import { DeadLetters } from './dead-letters.ts';
import type { FunctionEnvironment } from './environment.ts';
import { HemsFunction } from './function.ts';
import { mayCutOffGateways } from './gateways.ts';
import { maySay } from './grants.ts';
import type { House } from './house.ts';
import { lambdaRule } from './rule.ts';
import { WorkQueue } from './work-queue.ts';

export type PresenceProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly environment: FunctionEnvironment;
  readonly gatewayPolicy: string;
};

const UNTOLD: Consequence = {
  hurt: 'Residents do not learn that their gateway has been offline, or that somebody else uses its certificate.',
  chapter: 'presence-is-not-told',
};

/** Who comes and goes, a second look three minutes later, and what gateways say of themselves when they have connected. */
export class Presence extends Construct {
  readonly #props: PresenceProps;

  constructor(scope: Construct, id: string, props: PresenceProps) {
    super(scope, id);
    this.#props = props;
    const { house } = props;
    const untold = new DeadLetters(this, 'Untold', { house, hurt: UNTOLD.hurt });
    const rechecks = new WorkQueue(this, 'Rechecks', { house, deadLetters: untold });
    const handler = this.#presence(rechecks, untold);
    const health = this.#function('Health', {
      entry: 'functions/events/health.ts',
      does: 'Keeps which software gateways run',
      untold,
    });
    props.data.tables.operations.open(health, 'write');
    lambdaRule(this, 'Presence', { rule: presenceRule, does: 'A client came or went', handler, failures: untold });
    lambdaRule(this, 'HealthRule', {
      rule: healthRule,
      does: 'What a gateway says of itself when it has connected',
      handler: health,
      failures: untold,
    });
    const look = this.#function('Recheck', {
      entry: 'functions/events/recheck-presence.ts',
      does: 'Tells that a gateway has been offline for three minutes',
      environment: { EVENT_BUS: props.bus.name },
    });
    maySay(look, props.bus);
    rechecks.feed(look);
  }

  #presence(rechecks: WorkQueue, untold: DeadLetters): HemsFunction {
    const { bus, gatewayPolicy } = this.#props;
    const presence = this.#function('PresenceFunction', {
      entry: 'functions/events/presence.ts',
      does: 'Keeps which gateways are there, and notices certificates that two clients use',
      environment: { EVENT_BUS: bus.name, RECHECKS: rechecks.queueUrl, GATEWAY_POLICY: gatewayPolicy },
      untold,
    });
    maySay(presence, bus);
    rechecks.maySend(presence);
    mayCutOffGateways({ grantee: presence, role: presence.role ?? presence });
    return presence;
  }

  #function(
    id: string,
    {
      entry,
      does,
      environment = {},
      untold,
    }: {
      readonly entry: `functions/events/${string}.ts`;
      readonly does: string;
      readonly environment?: Record<string, string>;
      readonly untold?: DeadLetters;
    },
  ): HemsFunction {
    const { house, data, environment: common } = this.#props;
    const made = new HemsFunction(this, id, {
      house,
      watchedBy: 'itself',
      entry,
      does,
      environment: { ...common, ...environment },
      logLevel: house.config.logLevel.ingest,
      timeout: Duration.seconds(30),
      memoryMb: 512,
      ...(untold && { deadLetters: untold }),
      ...UNTOLD,
    });
    data.tables.homes.open(made, 'readWrite');
    return made;
  }
}
