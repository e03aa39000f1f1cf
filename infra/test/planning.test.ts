import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { HIGHS_WASM } from '../constructs/function.ts';
import { synthesised } from './synthesised.ts';

const { planning, api } = synthesised('prod', 'blocks');
const ROOT = join(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const actionsOf = (template: Template, role: RegExp): string[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => role.test(Ref)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action }: { Action: string | string[] }) => Action);

describe('plans of the half hour', () => {
  it('are asked for at each full and each half hour of Korea, and a call that came to nothing is kept', () => {
    planning.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0,30 * * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Seoul',
      Target: { DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NotPlanned'), 'Arn'] } } },
    });
  });

  it('are made page by page, ten at a time, by a function that ends before its message comes back', () => {
    planning.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
    const [queue] = Object.values(
      planning.findResources('AWS::SQS::Queue', { Properties: { VisibilityTimeout: 180 } }),
    );
    expect(queue?.Properties.RedrivePolicy.maxReceiveCount).toBe(5);
    planning.hasResourceProperties('AWS::Lambda::Function', { Timeout: 170, MemorySize: 1769 });
  });

  it('of a page at its worst, two seconds of the solver a home, fit into the function’s time', () => {
    const [, page = ''] = /PAGE = (\d+)/.exec(textOf('functions/use-cases/plan/plan-page.ts')) ?? [];
    const [, limit = ''] = /LIMIT_SECONDS = (\d+)/.exec(textOf('functions/adapters/providers/highs.ts')) ?? [];
    expect(Number(page) * Number(limit)).toBeLessThan(170);
    expect(Number(page)).toBeGreaterThan(0);
  });

  it('are made by a function that orders gateways, and deletes nothing', () => {
    const actions = actionsOf(planning, /^PlanShardRole/);
    expect(actions).toContain('iot:Publish');
    expect(actions.filter((action) => /Delete(?!Message)|Scan|iot:(?!Publish)/.test(action))).toEqual([]);
    expect(actionsOf(planning, /^PlanStartRole/).filter((action) => action.startsWith('dynamodb:'))).toEqual([]);
  });

  it('raise an alarm when homes fail in two half hours in a row', () => {
    planning.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'HomesPlanned',
      Dimensions: Match.arrayWith([{ Name: 'outcome', Value: 'failed' }]),
      Period: 1800,
      EvaluationPeriods: 2,
      AlarmDescription: Match.stringLikeRegexp('homes-are-not-planned'),
    });
  });
});

describe('a plan that a resident switches on, or sets aside', () => {
  it('is carried out at once by the API’s own function', () => {
    expect(actionsOf(api, /^planRole/)).toContain('iot:Publish');
  });
});

it('the file that the solver reads is there to be copied', () => {
  expect(existsSync(join(ROOT, HIGHS_WASM))).toBe(true);
});
