import { describe, expect, it } from 'vitest';
import { STACKS, type IngestMode, type StageName, type TelemetryStore } from '../config.ts';
import { overBudget, ownMetrics, standing, template } from '../cost/estimate.ts';
import { totalUsd } from '../cost/monthly.ts';
import { brokenBudget, linesOf } from '../cost/stage-lines.ts';
import { synthesised } from './synthesised.ts';

const holding = (...resources: { Type: string; Properties?: object }[]) => ({
  stack: template.parse({ Resources: Object.fromEntries(resources.map((one, at) => [`R${at}`, one])) }),
});
const OWN = ownMetrics() * 0.3;
const costOf = (...resources: { Type: string; Properties?: object }[]): number =>
  totalUsd(standing(holding(...resources))) - OWN;

const deploymentOf = (stage: StageName, telemetryStore: TelemetryStore, ingestMode: IngestMode) => {
  const templates = synthesised(stage, telemetryStore, ingestMode);
  return {
    stage,
    telemetryStore,
    ingestMode,
    templates: Object.fromEntries(STACKS.map((stack): [string, unknown] => [stack, templates[stack].toJSON()])),
  };
};

describe('what stands there costs by the month, whoever uses it', () => {
  it.each([
    ['a key', { Type: 'AWS::KMS::Key' }, 1],
    ['a secret', { Type: 'AWS::SecretsManager::Secret' }, 0.4],
    ['a dashboard', { Type: 'AWS::CloudWatch::Dashboard' }, 3],
    ['an alarm', { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors', Period: 300 } }, 0.1],
    [
      'an alarm on a formula of two metrics',
      {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: { Metrics: [{ Expression: 'a/b' }, { MetricStat: {} }, { MetricStat: {} }] },
      },
      0.2,
    ],
    ['a firewall of three rules', { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}, {}] } }, 8],
    ['a mapping that counts', { Type: 'AWS::Lambda::EventSourceMapping', Properties: { MetricsConfig: {} } }, 2.4],
    ['a mapping that does not', { Type: 'AWS::Lambda::EventSourceMapping' }, 0],
    ['a function that nobody calls', { Type: 'AWS::Lambda::Function' }, 0],
  ])('%s', (_what, resource, usd) => {
    expect(costOf(resource)).toBeCloseTo(usd, 10);
  });

  it('a figure that is split costs once more for each value', () => {
    expect(ownMetrics()).toBeGreaterThan(40);
    expect(ownMetrics()).toBeLessThan(200);
  });
});

describe('what nobody has priced', () => {
  it.each([
    ['a NAT gateway', { Type: 'AWS::EC2::NatGateway' }, 'stack/R0 is a AWS::EC2::NatGateway'],
    ['an endpoint that is always on', { Type: 'AWS::SageMaker::Endpoint' }, 'price it there'],
    [
      'a stream of fixed shards',
      { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 4 } },
      'paid by the shard and hour',
    ],
    [
      'an API with a cache',
      { Type: 'AWS::ApiGateway::Stage', Properties: { CacheClusterEnabled: true } },
      'by the hour',
    ],
    ['an alarm by the second', { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 10 } }, 'three times as much'],
  ])('is never free: %s', (_what, resource, why) => {
    expect(() => standing(holding(resource))).toThrow(why);
  });
});

describe('the budget of a stage', () => {
  // `npm run synth` holds all of them against it
  it.each([
    ['timestream', 'direct'],
    ['blocks', 'stream'],
  ] as const)('holds for prod with %s and ingest %s', (store, mode) => {
    const deployment = deploymentOf('prod', store, mode);
    expect(brokenBudget(deployment, linesOf(deployment))).toBeUndefined();
  });

  it('is what it is used for, not a number that nothing reaches', () => {
    const deployment = deploymentOf('prod', 'blocks', 'stream');
    const lines = linesOf(deployment);
    const total = totalUsd(lines);
    expect(overBudget(lines, 100_000, { usdAMonth: total * 1.1, usdPerHome: 0.08 })).toBeUndefined();
    expect(brokenBudget(deployment, { ...lines, 'standing: endpoint': 0.1 * total })).toBeDefined();
  });

  it('is broken by a template that brings a hundred firewalls, and says which lines and what to do', () => {
    const { templates, ...rest } = deploymentOf('prod', 'blocks', 'stream');
    const many = holding(
      ...Array.from({ length: 100 }, () => ({
        Type: 'AWS::WAFv2::WebACL',
        Properties: { Rules: [{}, {}, {}, {}, {}] },
      })),
    );
    const deployment = { ...rest, templates: { ...templates, ...many } };
    expect(brokenBudget(deployment, linesOf(deployment))).toMatch(
      /^\$7,\d{3} a month, \$0\.07\d for each of 100,000 homes, is above the budget of \$6,700 and \$0\.067\. Most of it: .*standing: firewall \$1,0\d\d.*raise the budget of the stage in infra\/config\.ts and say why\.$/,
    );
  });
});
