import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_METRICS } from '@hems/shared/metrics/catalogue';
import { TOLD_EACH_TIME } from '@hems/shared/metrics/told-each-time';
import { describe, expect, it } from 'vitest';
import {
  compositeState,
  metricsOf,
  periodOf,
  stateOf,
  type AlarmProperties,
  type MetricRef,
  type State,
  type Told,
} from './alarm-evaluator.ts';
import { QUIET } from './alarm-budget-scenarios.ts';
import { SCENARIOS } from './alarm-scenarios.ts';
import { impossible, USUAL, worldOf, type Scenario } from './alarm-world.ts';
import { synthesised } from './synthesised.ts';

type Alarm = { readonly name: string; readonly where: string; readonly properties: any; readonly parts: Alarm[] };

/** A rule as text, with the logical ids of its parts. */
const ruleOf = ({ 'Fn::Join': [, pieces] }: { 'Fn::Join': [string, any[]] }): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece['Fn::GetAtt'][0])).join('');

const inStack = (where: string, stack: string, resources: Record<string, any>): Alarm[] => {
  const named = (id: string) => `${stack}/${id.replace(/[0-9A-F]{8}$/, '')}`;
  const all = Object.entries(resources);
  const metric = all.flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::CloudWatch::Alarm' ? [{ id, name: named(id), where, properties: Properties, parts: [] }] : [],
  );
  const composite = all.flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::CloudWatch::CompositeAlarm') return [];
    const rule = ruleOf(Properties.AlarmRule);
    return [
      {
        name: named(id),
        where,
        properties: { rule, ...Properties },
        parts: metric.filter((one) => rule.includes(`"${one.id}"`)),
      },
    ];
  });
  const parts = new Set(composite.flatMap((one) => one.parts));
  return [...metric.filter((one) => !parts.has(one)), ...composite];
};

const DEPLOYMENTS = [
  ['timestream', 'direct'],
  ['blocks', 'stream'],
] as const;

/** Every alarm of every way to deploy prod; once where two ways have the same. */
const ALARMS = [
  ...new Map(
    DEPLOYMENTS.flatMap(([store, mode]) =>
      Object.entries(synthesised('prod', store, mode)).flatMap(([stack, template]) =>
        inStack(`${store}, ${mode}`, stack, template.toJSON().Resources),
      ),
    ).map((alarm) => [
      JSON.stringify([alarm.name, alarm.properties, alarm.parts.map(({ properties }) => properties)]),
      alarm,
    ]),
  ).values(),
];

const stateAt = ({ properties, parts }: Alarm, told: Told, { atS, was }: { atS: number; was: State }): State => {
  if (parts.length === 0) return stateOf(properties, told, { atS, was });
  return compositeState(properties.rule, (id) => {
    const part = parts.find((one: any) => one.id === id);
    if (!part) throw new Error(`no alarm ${id}`);
    return stateOf(part.properties, told, { atS, was });
  });
};

const spanS = (alarm: Alarm): number =>
  Math.max(
    ...[alarm, ...alarm.parts]
      .filter(({ parts }) => parts.length === 0)
      .map(({ properties }) => periodOf(properties) * (properties.EvaluationPeriods + 2)),
  );

const UNREACHABLE: Record<string, { Threshold: number }> = {
  GreaterThanOrEqualToThreshold: { Threshold: 1e9 },
  GreaterThanThreshold: { Threshold: 1e9 },
  LessThanThreshold: { Threshold: -1 },
};

/** Before it happens, when it has lasted as long as it says, and when it is long over. */
const statesIn = (alarm: Alarm, scenario: Scenario): State[] => {
  const told = worldOf(scenario);
  const overS = scenario.minutes * 60;
  const before = stateAt(alarm, told, { atS: 0, was: 'OK' });
  const then = stateAt(alarm, told, { atS: overS, was: before });
  return [before, then, stateAt(alarm, told, { atS: overS + spanS(alarm), was: then })];
};

const pairs = (scenarios: readonly Scenario[]): [string, string, string, Alarm, Scenario][] =>
  ALARMS.flatMap((alarm) =>
    scenarios
      .filter(({ wakes, where = alarm.where }) => wakes.test(alarm.name) && where === alarm.where)
      .map((scenario): [string, string, string, Alarm, Scenario] => [
        alarm.name,
        scenario.when,
        alarm.where,
        alarm,
        scenario,
      ]),
  );

describe('an alarm is quiet, sounds when what it is for happens, and is quiet again when it is over', () => {
  it.each(pairs(SCENARIOS))('%s: %s (%s)', (_, _when, _where, alarm, scenario) => {
    expect(statesIn(alarm, scenario)).toEqual(['OK', 'ALARM', 'OK']);
  });

  it.each([...new Set(ALARMS.map(({ name }) => name))])('%s has a scenario', (name) => {
    expect(SCENARIOS.some(({ wakes }) => wakes.test(name))).toBe(true);
  });

  it.each(SCENARIOS)('and would be quiet by a threshold that is not reached when $when', (scenario) => {
    const deaf = ({ properties, parts, ...more }: Alarm): Alarm => ({
      ...more,
      properties: { ...properties, ...UNREACHABLE[properties.ComparisonOperator], TreatMissingData: 'notBreaching' },
      parts: parts.map(deaf),
    });
    const [[, , , alarm] = []] = pairs([scenario]);
    expect(alarm && statesIn(deaf(alarm), scenario)).toEqual(['OK', 'OK', 'OK']);
  });

  it.each(SCENARIOS)('"$when" is what some alarm is for', ({ wakes }) => {
    expect(ALARMS.some(({ name }) => wakes.test(name))).toBe(true);
  });
});

describe('nobody is woken', () => {
  it.each(pairs(QUIET))('by %s when %s (%s)', (_, _when, _where, alarm, scenario) => {
    expect(statesIn(alarm, scenario)).toEqual(['OK', 'OK', 'OK']);
  });

  it.each(QUIET)('and somebody listens when $when', (scenario) => {
    expect(pairs([scenario])).not.toEqual([]);
  });
});

describe('each window of a budget', () => {
  const composed = ALARMS.filter(({ parts }) => parts.length > 0);

  it('is needed: in some scenario it sounds', () => {
    for (const { name, parts } of composed)
      for (const part of parts) {
        const sounds = SCENARIOS.filter(({ wakes }) => wakes.test(name)).some(
          (scenario) => statesIn(part, scenario)[1] === 'ALARM',
        );
        expect(sounds, part.name).toBe(true);
      }
  });

  it('tells nobody by itself', () => {
    for (const { parts } of composed)
      for (const { properties } of parts) expect(properties.AlarmActions ?? []).toEqual([]);
  });
});

describe('what scenarios tell', () => {
  const told = [...USUAL, ...SCENARIOS.flatMap(({ tells }) => tells), ...QUIET.flatMap(({ tells }) => tells)];

  it('can be told', () => {
    expect(told.flatMap((series) => impossible(series) ?? [])).toEqual([]);
  });

  it('is told while all is well, too', () => {
    const usual = new Set(USUAL.map(({ metric }) => metric));
    expect(told.filter(({ metric }) => !usual.has(metric))).toEqual([]);
  });
});

/**
 * Dimensions under which CloudWatch has a metric, sorted; any other combination is another metric, which nobody tells. An HTTP API is known
 * by its id and a REST API by its name, and they name what failed differently.
 */
const DIMENSIONS: Record<string, string[]> = {
  'AWS/Lambda/Errors': ['FunctionName'],
  'AWS/Lambda/Invocations': ['FunctionName'],
  'AWS/Lambda/IteratorAge': ['FunctionName'],
  'AWS/Lambda/OnFailureDestinationDeliveredEventCount': ['EventSourceMappingUUID'],
  'AWS/Lambda/DroppedEventCount': ['EventSourceMappingUUID'],
  'AWS/Lambda/DestinationDeliveryFailures': ['FunctionName'],
  'AWS/SQS/ApproximateAgeOfOldestMessage': ['QueueName'],
  'AWS/SQS/ApproximateNumberOfMessagesVisible': ['QueueName'],
  'AWS/SQS/NumberOfMessagesSent': ['QueueName'],
  'AWS/DynamoDB/ReadThrottleEvents': ['TableName', 'GlobalSecondaryIndexName,TableName'],
  'AWS/DynamoDB/WriteThrottleEvents': ['TableName', 'GlobalSecondaryIndexName,TableName'],
  'AWS/Timestream/MagneticStoreRejectedRecordCount': ['DatabaseName,TableName'],
  'AWS/States/ExecutionsFailed': ['StateMachineArn'],
  'AWS/States/ExecutionsTimedOut': ['StateMachineArn'],
  'AWS/States/ExecutionsAborted': ['StateMachineArn'],
  'AWS/SageMaker/Invocation4XXErrors': ['EndpointName,VariantName'],
  'AWS/SageMaker/Invocation5XXErrors': ['EndpointName,VariantName'],
  'AWS/ApiGateway/5xx': ['ApiId'],
  'AWS/ApiGateway/Count': ['ApiId'],
  'AWS/ApiGateway/5XXError': ['ApiName'],
  'AWS/ApiGateway/Latency': ['ApiId', 'ApiName'],
};

const resourcesOf = (type: string): [string, any][] =>
  DEPLOYMENTS.flatMap(([store, mode]) =>
    Object.values(synthesised('prod', store, mode)).flatMap((template) => Object.entries(template.findResources(type))),
  );

/** Told where there is something to tell, beside a figure in the same alarm that is told each time. */
const WITH_OTHERS = new Set(['FleetOnlinePercent', 'MessagesSent']);

describe('what alarms read', () => {
  const read: MetricRef[] = ALARMS.flatMap(({ parts, ...alarm }) =>
    (parts.length > 0 ? parts : [alarm]).flatMap(({ properties }) => metricsOf(properties as AlarmProperties)),
  );
  const own = read.filter(({ Namespace, MetricName }) => Namespace === 'HEMS' && MetricName in OWN_METRICS);

  it('of ours is in the catalogue, under the dimensions under which it is told', () => {
    expect(own.length).toBeGreaterThan(15);
    for (const { MetricName, Dimensions = [] } of own) {
      const { by, values = [] } = OWN_METRICS[MetricName as keyof typeof OWN_METRICS] as {
        by?: string;
        values?: string[];
      };
      const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
      expect(dimensions.service).toBe('hems');
      const [[part, value] = [], ...more] = Object.entries(dimensions).filter(([name]) => name !== 'service');
      expect(more).toEqual([]);
      if (part === undefined) continue;
      expect(part).toBe(by);
      expect(values).toContain(value);
    }
  });

  it('of ours is told each time where silence is taken for a fault', () => {
    const silence = ALARMS.filter(({ properties }) => properties.TreatMissingData === 'breaching')
      .flatMap(({ properties }) => metricsOf(properties as AlarmProperties))
      .flatMap(({ Namespace, MetricName }) => (Namespace === 'HEMS' && MetricName in OWN_METRICS ? MetricName : []));
    // nobody reads a meter by our clock: no reading at all is the fault itself
    const byTheClock = new Set(silence.filter((name) => name !== 'ReadingsAccepted'));
    expect([...byTheClock].filter((name) => !WITH_OTHERS.has(name)).toSorted()).toEqual([...TOLD_EACH_TIME].toSorted());
  });

  it('of ours is measured by a handler', () => {
    const root = join(import.meta.dirname, '../../functions');
    const text = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(api|events|jobs|partner|runtime)\/.+(?<!test)\.ts$/.test(file))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join();
    const measured = new Set([...text.matchAll(/measure\(\s*'(\w+)'/g)].map(([, name]) => name));
    expect(own.flatMap(({ MetricName }) => (measured.has(MetricName) ? [] : MetricName))).toEqual([]);
  });

  it('of log lines is filtered from them', () => {
    const filtered = Object.values(synthesised('prod', 'timestream')).flatMap((template) =>
      Object.values(template.findResources('AWS::Logs::MetricFilter')).flatMap(({ Properties }) =>
        Properties.MetricTransformations.map(({ MetricName }: any) => MetricName),
      ),
    );
    const others = read.filter(({ Namespace, MetricName }) => Namespace === 'HEMS' && !(MetricName in OWN_METRICS));
    expect(new Set(filtered)).toEqual(new Set(others.map(({ MetricName }) => MetricName)));
  });

  it('of AWS is under the dimensions under which AWS tells it, all of them and no other', () => {
    for (const { Namespace, MetricName, Dimensions = [] } of read.filter(({ Namespace: of }) => of !== 'HEMS')) {
      const names = Dimensions.map(({ Name }) => Name).toSorted();
      expect(DIMENSIONS[`${Namespace}/${MetricName}`], `${Namespace}/${MetricName}`).toContain(names.join());
    }
  });

  it('of REST APIs and of HTTP APIs is of those that are there', () => {
    const dimensions = read
      .filter(({ Namespace }) => Namespace === 'AWS/ApiGateway')
      .flatMap(({ Dimensions = [] }) => Dimensions);
    const valuesOf = (name: string) =>
      new Set(dimensions.flatMap(({ Name, Value }) => (Name === name ? [JSON.stringify(Value)] : [])));
    const rest = new Set(resourcesOf('AWS::ApiGateway::RestApi').map(([, { Properties }]) => Properties.Name));
    expect(valuesOf('ApiName')).toEqual(new Set([...rest].map((name) => JSON.stringify(name))));
    const http = resourcesOf('AWS::ApiGatewayV2::Api').map(([id]) => id);
    const ids = [...valuesOf('ApiId')];
    expect(ids).not.toEqual([]);
    for (const id of ids)
      expect(
        http.some((api) => id.includes(api)),
        id,
      ).toBe(true);
  });

  it('is no more than CloudWatch takes: ten metrics, a day of periods, a week of hours', () => {
    for (const alarm of ALARMS.flatMap(({ parts, ...one }) => (parts.length > 0 ? parts : [{ ...one, parts }]))) {
      const { EvaluationPeriods } = alarm.properties;
      const period = periodOf(alarm.properties);
      expect(metricsOf(alarm.properties).length, alarm.name).toBeLessThanOrEqual(10);
      expect(period * EvaluationPeriods, alarm.name).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
    }
  });
});
