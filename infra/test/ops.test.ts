import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { CHAPTERS } from '../constructs/alarm.ts';
import { TABLES } from '../constructs/table.ts';
import { synthesised } from './synthesised.ts';

const prod = synthesised('prod', 'timestream');
const dev = synthesised('dev', 'blocks');

type Alarm = { id: string; Properties: any };
const alarms: Alarm[] = Object.values(prod).flatMap((template) =>
  Object.entries(template.findResources('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => ({ id, Properties })),
);

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const chapters = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((chapter) => [chapter.slice(0, chapter.indexOf('\n')).toLowerCase().replaceAll(' ', '-'), chapter]),
);

describe.each(alarms.map((alarm) => [alarm.id, alarm] as const))('alarm %s', (_, { Properties }) => {
  const [hurt, chapter = ''] = Properties.AlarmDescription.split(' What to do: docs/runbook.md#');

  it('says who is hurt and points to a chapter that exists', () => {
    expect(hurt).toMatch(
      /^(Partners|A partner|Offices|Aggregators|Buildings|Residents|All residents|Homes|One request of residents)\b.{12,}[.]$/,
    );
    expect(chapters.has(chapter), `chapter ${chapter} of docs/runbook.md`).toBe(true);
  });

  it('tells the operations topic when it begins and when it is over', () => {
    expect(Properties.AlarmActions).toHaveLength(1);
    expect(Properties.OKActions).toEqual(Properties.AlarmActions);
    expect(JSON.stringify(Properties.AlarmActions)).toContain('Operations');
  });
});

describe('runbook', () => {
  it.each(CHAPTERS)('chapter %s is used by an alarm, and tells what to look at and what to do', (chapter) => {
    expect(alarms.some(({ Properties }) => Properties.AlarmDescription.endsWith(`#${chapter}`))).toBe(true);
    expect(chapters.get(chapter)).toMatch(/\*\*Look\*\*[\s\S]+\*\*Do\*\*/);
  });
});

describe('alarms', () => {
  it('watch every function and every dead-letter queue', () => {
    const watched = alarms.map(({ Properties }) => JSON.stringify(Properties.Dimensions ?? ''));
    for (const template of [prod.ingest, prod.workflows, prod.api])
      for (const type of ['AWS::Lambda::Function', 'AWS::SQS::Queue'])
        for (const id of Object.keys(template.findResources(type)))
          expect(
            watched.some((dimensions) => dimensions.includes(`"${id}"`)),
            id,
          ).toBe(true);
  });

  it('take silence of all homes for a fault where homes are connected, and nowhere else', () => {
    const silence = {
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      TreatMissingData: 'breaching',
      Period: 300,
      EvaluationPeriods: 3,
    };
    prod.ops.hasResourceProperties('AWS::CloudWatch::Alarm', silence);
    dev.ops.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', silence, 0);
  });

  it('watch what Timestream refuses only where there is Timestream', () => {
    const ofTable = { MetricStat: { Metric: { MetricName: 'MagneticStoreRejectedRecordCount' } } };
    const refused = { Metrics: Match.arrayWith([Match.objectLike(ofTable), Match.objectLike(ofTable)]) };
    prod.ops.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', refused, 1);
    dev.ops.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', refused, 0);
  });

  it.each(['Read', 'Write'])('add up the %s throttles of all tables', (kind) => {
    const alarm = alarms.find(({ id }) => id.startsWith(`TablesThrottle${kind}s`));
    const metrics: any[] = alarm?.Properties.Metrics ?? [];
    expect(metrics.map(({ Expression }) => Expression).filter(Boolean)).toEqual(['SUM(METRICS())']);
    const summed = metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []);
    expect(summed).toEqual(TABLES.map(() => `${kind}ThrottleEvents`));
  });

  it('wait for a run that does not succeed, however it ended', () => {
    const failing = alarms.find(({ id }) => id.startsWith('DailyRunFails'))?.Properties;
    const watched = failing.Metrics.flatMap(({ MetricStat }: any) => MetricStat?.Metric.MetricName ?? []);
    expect(watched).toEqual(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted']);
    expect(failing).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
  });

  it('wait for a day that the mean of seven days would have told better, and for forecasts that no engine made', () => {
    const poor = alarms.find(({ id }) => id.includes('ForecastsArePoor'))?.Properties;
    const watched = poor.Metrics.flatMap(({ MetricStat }: any) => MetricStat?.Metric.MetricName ?? []);
    expect(watched).toEqual(['ForecastAccuracy', 'ForecastNaiveAccuracy', 'ForecastWithin80']);
    prod.workflows.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ForecastUsualShare', Threshold: 20 });
  });

  it('wait half an hour for a payment rail that does not answer', () => {
    prod.workflows.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'HEMS',
      MetricName: 'PayoutsUnanswered',
      Period: 300,
      EvaluationPeriods: 6,
    });
  });
});

describe('dashboard', () => {
  const [board] = Object.values(prod.ops.findResources('AWS::CloudWatch::Dashboard'));
  const parts: any[] = board?.Properties.DashboardBody['Fn::Join'][1];
  const body = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');

  it.each([
    ['messages, errors and duration of ingest', ['Invocations', 'Errors', 'Throttles', 'Duration']],
    ['messages waiting in the dead-letter queues', ['ApproximateNumberOfMessagesVisible']],
    ['latency at p95 and errors of the API', ['Latency', 'p95', '5xx', '4xx']],
    ['throttles of tables', ['ReadThrottleEvents', 'WriteThrottleEvents']],
    ['rule actions that failed', ['AWS/IoT', 'Failure', 'hems_history_electrical', 'hems_history_environment']],
    ['records that Timestream refused', ['MagneticStoreRejectedRecordCount']],
    ['daily runs and how long they took', ['ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionTime']],
    ['payouts that the rail did not answer', ['PayoutsUnanswered']],
    [
      'how the forecasts of a day went, beside the baseline',
      ['ForecastAccuracy', 'ForecastNaiveAccuracy', 'ForecastUsualShare'],
    ],
    [
      'errors of both forecast endpoints',
      ['hems-prod-forecast-blue', 'hems-prod-forecast-green', 'Invocation5XXErrors'],
    ],
  ])('shows %s', (_, names) => {
    for (const name of names) expect(body).toContain(name);
  });

  it('splits no metric by home or device', () => {
    const metrics: any[][] = JSON.parse(body).widgets.flatMap(({ properties }: any) => properties.metrics ?? []);
    // namespace, name, then dimensions as name and value, then how it is drawn
    const dimensions = metrics.flatMap((metric) =>
      metric.slice(2).filter((part, at) => at % 2 === 0 && typeof part === 'string'),
    );
    expect(new Set(dimensions)).toEqual(
      new Set([
        'FunctionName',
        'QueueName',
        'ApiId',
        'TableName',
        'DatabaseName',
        'StateMachineArn',
        'EndpointName',
        'VariantName',
      ]),
    );
  });
});
