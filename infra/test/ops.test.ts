import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { BOARDS, type Board } from '@hems/shared/metrics/boards';
import { CHAPTERS } from '../constructs/alarm.ts';
import { TABLES } from '../constructs/table.ts';
import { synthesised } from './synthesised.ts';

const prod = synthesised('prod', 'timestream');
const dev = synthesised('dev', 'blocks', 'stream');

type Alarm = { id: string; Properties: any };
const alarmsOf = (type: string): Alarm[] =>
  [...Object.values(prod), dev.ingest].flatMap((template) =>
    Object.entries(template.findResources(type)).map(([id, { Properties }]) => ({ id, Properties })),
  );
const composite = alarmsOf('AWS::CloudWatch::CompositeAlarm');
const rules = JSON.stringify(composite.map(({ Properties }) => Properties.AlarmRule));
/** Alarms on metrics, but for those that are a part of another and tell nobody. */
const single = alarmsOf('AWS::CloudWatch::Alarm').filter(({ id }) => !rules.includes(`"${id}"`));
const alarms = [...single, ...composite];

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const chapters = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((chapter) => [chapter.slice(0, chapter.indexOf('\n')).toLowerCase().replaceAll(' ', '-'), chapter]),
);

describe('an alarm', () => {
  it.each(alarms)('$id says who is hurt and points to a chapter that exists', ({ Properties }) => {
    const [hurt, chapter = ''] = Properties.AlarmDescription.split(' What to do: docs/runbook.md#');
    expect(hurt).toMatch(
      /^(Partners|A partner|Offices|Aggregators|Buildings|Residents|All residents|Homes)\b.{12,}[.]$/,
    );
    expect(chapters.has(chapter), `chapter ${chapter} of docs/runbook.md`).toBe(true);
  });

  it.each(alarms)('$id tells the operations topic when it begins and when it is over', ({ Properties }) => {
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
    const watched = single.map(({ Properties }) => JSON.stringify(Properties.Dimensions ?? ''));
    for (const template of [...Object.values(prod), dev.ingest])
      for (const watchable of [
        template.findResources('AWS::Lambda::Function'),
        // a queue of work gives up into one that keeps its messages this long
        template.findResources('AWS::SQS::Queue', { Properties: { MessageRetentionPeriod: 1_209_600 } }),
      ])
        for (const id of Object.keys(watchable))
          expect(
            watched.some((dimensions) => dimensions.includes(`"${id}"`)),
            id,
          ).toBe(true);
  });

  it('take silence of all homes for a fault where homes are connected, and nowhere else', () => {
    const silence = {
      Namespace: 'HEMS',
      MetricName: 'ReadingsAccepted',
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
    expect(metrics.map(({ Expression }) => Expression).filter(Boolean)).toEqual(['SUM(FILL(METRICS(), 0))']);
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

/** A dashboard with `x` for what is known at deployment only. */
const bodyOf = ({ Properties }: any): any => {
  const { DashboardBody: body } = Properties;
  const parts: any[] = body['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'x')).join(''));
};
const boardsOf = (templates: typeof prod): Map<string, any[]> =>
  new Map(
    Object.values<any>(templates.ops.findResources('AWS::CloudWatch::Dashboard')).map((board) => [
      board.Properties.DashboardName,
      bodyOf(board).widgets,
    ]),
  );
const titlesOf = (widgets: any[] = []): string[] => widgets.flatMap(({ properties: { title } }) => title ?? []);
const charts = new Map(Object.entries<Board>(BOARDS).map(([name, board]) => [name, board.charts]));

describe.each([...charts])('board %s', (name, own) => {
  const widgets = boardsOf(prod).get(`hems-prod-${name}`) ?? [];

  it('has the charts that the local page has, with the unit and the period of each', () => {
    expect(titlesOf(boardsOf(dev).get(`hems-dev-${name}`))).toEqual(own.map(({ title }) => title));
    // where nothing streams, nothing can be behind
    expect(titlesOf(widgets)).toEqual(own.map(({ title }) => title).filter((title) => title !== 'Behind the stream'));
    for (const { properties } of widgets.filter(({ type }) => type === 'metric')) {
      const chart = own.find(({ title }) => title === properties.title);
      expect(properties).toMatchObject({ period: chart?.periodS, yAxis: { left: { label: chart?.unit } } });
    }
  });

  it('draws every line from a metric, with its statistic', () => {
    for (const { properties } of widgets.filter(({ type }) => type === 'metric')) {
      const lines = own.find(({ title }) => title === properties.title)?.lines ?? [];
      const drawn = JSON.stringify(properties.metrics);
      expect(properties.metrics.length).toBeGreaterThanOrEqual(lines.length);
      // the average is what CloudWatch draws where nothing is said
      for (const { statistic } of lines.filter((line) => line.statistic !== 'average'))
        expect(drawn.toLowerCase()).toMatch(new RegExp(`"stat":"${statistic}"|'${statistic}', \\d+\\)`));
    }
  });

  it('splits no metric by home, person or device', () => {
    const metrics: any[][] = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    // namespace, name, then dimensions as name and value, then how it is drawn
    const plain = metrics.flatMap((metric) =>
      metric.slice(2).filter((part, at) => at % 2 === 0 && typeof part === 'string'),
    );
    const searched = [...JSON.stringify(metrics).matchAll(/SEARCH\('[{]([^}]+)[}]/g)].flatMap(([, schema = '']) =>
      schema.split(',').slice(1),
    );
    const known = ['service', 'deviceKind', 'outcome', 'FunctionName', 'QueueName', 'ApiId', 'ApiName', 'TableName'];
    expect([...known, 'StateMachineArn', 'ActionType', 'RuleName']).toEqual(
      expect.arrayContaining([...new Set([...plain, ...searched])]),
    );
  });
});

describe('boards', () => {
  it('show every dead-letter queue by the name of its stack', () => {
    const waiting = boardsOf(prod)
      .get('hems-prod-system')
      ?.find(({ properties }) => properties.title === 'Set aside for a person');
    const labels: string[] = waiting.properties.metrics.flatMap((metric: any[]) => metric.at(-1).label ?? []);
    const alarmed = Object.values(prod).flatMap((template) =>
      Object.keys(template.findResources('AWS::CloudWatch::Alarm')).filter((id) => id.includes('NotEmpty')),
    );
    const queues = labels.filter((label) => label !== 'rule actions failed');
    expect(queues).toHaveLength(alarmed.length);
    expect(new Set(queues).size).toBe(queues.length);
  });

  it('are named in the runbook with charts that they have', () => {
    const named = [...runbook.matchAll(/[Bb]oard _(\w+)_, "([^"]+)"/g)];
    expect(named.length).toBeGreaterThan(6);
    for (const [text, board = '', chart] of named)
      expect(
        charts.get(board)?.map(({ title }) => title),
        text,
      ).toContain(chart);
    expect(runbook).not.toMatch(/Dashboard, "/);
  });
});

describe('saved queries', () => {
  const queries: any[] = Object.values<any>(prod.ops.findResources('AWS::Logs::QueryDefinition'));

  it('look into 50 log groups at most, which is what CloudWatch takes', () => {
    for (const { Properties } of queries) {
      expect(Properties.LogGroupNames.length, Properties.Name).toBeGreaterThan(0);
      expect(Properties.LogGroupNames.length, Properties.Name).toBeLessThanOrEqual(50);
    }
  });

  it('by correlation id look into the log of every function', () => {
    const groups = Object.values(prod).flatMap((template) =>
      Object.values<any>(template.findResources('AWS::Lambda::Function')).map(
        ({ Properties }) => Properties.LoggingConfig.LogGroup.Ref,
      ),
    );
    const seen = JSON.stringify(queries.filter(({ Properties }) => Properties.Name.includes('by correlation id')));
    for (const group of groups) expect(seen, group).toContain(group);
  });

  it('are named in the runbook', () => {
    for (const { Properties } of queries) expect(runbook).toContain(Properties.Name.replace('hems-prod/', ''));
  });

  it('ask for fields that functions log', () => {
    const runtime = (file: string) => readFileSync(join(import.meta.dirname, '../../functions/runtime', file), 'utf8');
    for (const field of ['correlation_id', 'function_name']) {
      expect(runtime('log.ts')).toContain(`${field}:`);
      expect(runtime('emf.ts')).toContain(`'${field}'`);
    }
    expect(runtime('tell-ingest.ts')).toMatch(/'a message was kept out', [{] reason, channel: .+, gateway: /);
    expect(runtime('step.ts')).toContain('`run-${date}-${attempt}`');
  });
});
