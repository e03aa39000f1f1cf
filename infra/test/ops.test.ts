import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { BOARDS, type Board, type Chart } from '@hems/shared/metrics/boards';
import { CHAPTERS } from '../constructs/alarm.ts';
import { INDEX_NAMES, TABLES } from '../constructs/table.ts';
import { NOUNS } from '../stacks/api-nouns.ts';
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
const partsOf = (budget: string): Alarm[] =>
  alarmsOf('AWS::CloudWatch::Alarm').filter(({ id }) => id.startsWith(`${budget}Over`));
/** Queues in which messages end: they keep them this long and hand them on to none. */
const lastStopsOf = (template: (typeof prod)['ops']): string[] =>
  Object.entries<any>(
    template.findResources('AWS::SQS::Queue', { Properties: { MessageRetentionPeriod: 1_209_600 } }),
  ).flatMap(([id, { Properties }]) => (Properties.RedrivePolicy ? [] : id));

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

  it.each(alarms)('$id tells one topic when it begins, and when it is over unless the clock ends it', (alarm) => {
    const { AlarmActions, OKActions = [], EvaluationPeriods, DatapointsToAlarm } = alarm.Properties;
    expect(AlarmActions).toHaveLength(1);
    const isOfToldOnceADay = EvaluationPeriods === 20 && DatapointsToAlarm === 1;
    expect(OKActions).toEqual(isOfToldOnceADay ? [] : AlarmActions);
  });

  it('wakes somebody, but for forecasts, which the run tells at night and nobody mends before the morning', () => {
    const waiting = alarms.filter(({ Properties }) => JSON.stringify(Properties.AlarmActions).includes('Mornings'));
    expect(waiting.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'ReportRunForecastsArePoor',
      'ReportRunForecastsStandIn',
    ]);
    for (const { Properties } of alarms.filter((one) => !waiting.includes(one)))
      expect(JSON.stringify(Properties.AlarmActions)).toContain('Operations');
  });

  it('is told once a day for what is looked at once a day', () => {
    const once = single.filter(({ Properties }) => Properties.DatapointsToAlarm === 1 && Properties.Period === 3600);
    expect(once.map(({ Properties }) => Properties.MetricName)).toEqual(
      expect.arrayContaining(['DailyRunsMissing', 'TariffQuartersMissing', 'ForecastsMissing', 'ForecastUsualShare']),
    );
    expect(once.filter(({ Properties }) => Properties.OKActions)).toEqual([]);
  });
});

describe('runbook', () => {
  it.each(CHAPTERS)('chapter %s is used by an alarm, and tells what to look at and what to do', (chapter) => {
    expect(alarms.some(({ Properties }) => Properties.AlarmDescription.endsWith(`#${chapter}`))).toBe(true);
    expect(chapters.get(chapter)).toMatch(/\*\*Look\*\*[\s\S]+\*\*Do\*\*/);
  });
});

describe('chapter Dead letters', () => {
  const inTemplates = Object.entries({ ...prod, ingest: dev.ingest }).flatMap(([stack, template]) =>
    [...lastStopsOf(template), ...(stack === 'ingest' ? lastStopsOf(prod.ingest) : [])].map(
      (id) => `${stack}/${id.replace(/[0-9A-F]{8}$/, '')}`,
    ),
  );

  it('names every queue of every stack as `hems dead-letters` does, and none that is not there', () => {
    const named = [...(chapters.get('dead-letters') ?? '').matchAll(/^ {2}\| `([\w-]+\/\w+)` +\|/gm)].map(
      ([, name]) => name,
    );
    expect(named.toSorted()).toEqual([...new Set(inTemplates)].toSorted());
  });

  /** Functions and queues of work that give up into a queue, by their names in the template. */
  const givesUpInto = (template: (typeof prod)['ops'], stop: string): string[] => {
    const isInto = (where: any) => JSON.stringify(where ?? '').includes(`"${stop}"`);
    const calls = Object.values<any>(template.findResources('AWS::Lambda::EventInvokeConfig')).flatMap(
      ({ Properties }) => (isInto(Properties.DestinationConfig) ? Properties.FunctionName.Ref : []),
    );
    const queues = Object.entries<any>(template.findResources('AWS::SQS::Queue')).flatMap(([id, { Properties }]) =>
      isInto(Properties.RedrivePolicy) ? id : [],
    );
    return [...calls, ...queues].map((id) => id.replace(/[0-9A-F]{8}$/, ''));
  };

  it.each(
    Object.entries(prod).flatMap(([stack, template]) => lastStopsOf(template).map((id) => ({ stack, template, id }))),
  )('says of $stack, $id which functions and queues of work give up into it', ({ stack, template, id }) => {
    const name = `${stack}/${id.replace(/[0-9A-F]{8}$/, '')}`;
    const row = (chapters.get('dead-letters') ?? '').split('\n').find((line) => line.includes(`\`${name}\``)) ?? '';
    const words = [...row.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
    const giving = givesUpInto(template, id);
    expect(giving.filter((one) => !words.some((word) => one.endsWith(word)))).toEqual([]);
    // what the broker alone gives up has nothing in the template by whose name it could be called
    expect(words.filter((word) => giving.length > 0 && !giving.some((one) => one.endsWith(word)))).toEqual([]);
  });
});

describe('chapter', () => {
  it.each(composite)('of $id names the parts whose graphs show what was spent', ({ id, Properties }) => {
    const budget = id.replace(/Burns[0-9A-F]{8}$/, '');
    expect(partsOf(budget).length).toBe(4);
    const [, chapter = ''] = Properties.AlarmDescription.split('#');
    expect(chapters.get(chapter)).toContain(`\`${budget}Burns\``);
    expect(chapters.get(chapter)).toContain(`\`${budget}Over5Minutes\``);
  });

  it.each(['dead-letters', 'readings-are-late'])('%s says that old letters handed in again are late', (chapter) => {
    expect(chapters.get(chapter)).toContain('`FreshnessBudgetBurns`');
    expect(chapters.get(chapter)).toMatch(/handed in again|redrive/);
  });
});

describe('alarms', () => {
  it('watch every function by itself, but for those whose failures a budget counts', () => {
    const nameless = (id: string) => id.replace(/[0-9A-F]{8}$/, '');
    const byBudget = Object.entries({ ...prod, ingest: dev.ingest }).flatMap(([stack, template]) => {
      const watched = Object.values<any>(template.findResources('AWS::CloudWatch::Alarm'))
        .filter(({ Properties }) => Properties.MetricName === 'Errors')
        .map(({ Properties }) => JSON.stringify(Properties.Dimensions));
      return Object.keys(template.findResources('AWS::Lambda::Function'))
        .filter((id) => !watched.some((dimensions) => dimensions.includes(`"${id}"`)))
        .map((id) => `${stack}/${nameless(id)}`);
    });
    expect(byBudget.toSorted()).toEqual(
      [
        'ingest/Ingest',
        'ingest/StreamIngest',
        ...Object.keys(NOUNS).map((noun) => `api/${noun.replaceAll('-', '')}`),
      ].toSorted(),
    );
    const counted = partsOf('IngestionBudget').flatMap(({ Properties }) => JSON.stringify(Properties.Metrics));
    expect(counted.every((metrics) => metrics.includes('"Errors"'))).toBe(true);
    const answers = partsOf('AnswersBudget').flatMap(({ Properties }) => JSON.stringify(Properties.Metrics));
    expect(answers.every((metrics) => metrics.includes('"5xx"'))).toBe(true);
  });

  it('watch every dead-letter queue', () => {
    const watched = single.map(({ Properties }) => JSON.stringify(Properties.Dimensions ?? ''));
    for (const template of [...Object.values(prod), dev.ingest])
      for (const id of lastStopsOf(template))
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

  it.each(
    ['Read', 'Write'].flatMap((kind) => [
      [kind, 'tables', 'Tables', undefined],
      [kind, 'indexes by-i1', 'Indexesbyi1', 'by-i1'],
      [kind, 'indexes by-i2', 'Indexesbyi2', 'by-i2'],
    ]),
  )('add up the %s throttles of all %s', (kind, _, begin, index) => {
    const alarm = alarms.find(({ id }) => id.startsWith(`${begin}Throttle${kind}s`));
    const metrics: any[] = alarm?.Properties.Metrics ?? [];
    expect(metrics.map(({ Expression }) => Expression).filter(Boolean)).toEqual(['SUM(FILL(METRICS(), 0))']);
    const summed = metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
    expect(summed.map(({ MetricName }) => MetricName)).toEqual(TABLES.map(() => `${kind}ThrottleEvents`));
    const valuesOf = (name: string) =>
      summed.map(({ Dimensions }) => Dimensions.find(({ Name }: any) => Name === name)?.Value);
    expect(valuesOf('GlobalSecondaryIndexName')).toEqual(TABLES.map(() => index));
    expect(new Set(valuesOf('TableName').map((value) => JSON.stringify(value))).size).toBe(TABLES.length);
  });

  it('name every index that a table has', () => {
    const names = Object.values<any>(prod.data.findResources('AWS::DynamoDB::GlobalTable')).flatMap(({ Properties }) =>
      Properties.GlobalSecondaryIndexes.map(({ IndexName }: any) => IndexName),
    );
    expect(names).toHaveLength(TABLES.length * INDEX_NAMES.length);
    expect(new Set(names)).toEqual(new Set(INDEX_NAMES));
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

/** CloudWatch begins its days at 00:00 UTC, and a title must not say otherwise. */
const titleOf = ({ title, periodS }: Chart): string =>
  periodS === 86_400 ? `${title} (told from 09:00 to 09:00 in Korea)` : title;

describe.each([...charts])('board %s', (name, own) => {
  const widgets = boardsOf(prod).get(`hems-prod-${name}`) ?? [];

  it('has the charts that the local page has, with the unit and the period of each', () => {
    const titles = own.map(titleOf);
    expect(titlesOf(boardsOf(dev).get(`hems-dev-${name}`))).toEqual(titles);
    // where nothing streams, nothing can be behind
    expect(titlesOf(widgets)).toEqual(titles.filter((title) => title !== 'Behind the stream'));
    for (const { properties } of widgets.filter(({ type }) => type === 'metric')) {
      const chart = own.find((one) => titleOf(one) === properties.title);
      expect(properties).toMatchObject({ period: chart?.periodS, yAxis: { left: { label: chart?.unit } } });
    }
  });

  it('draws every line from a metric, with its statistic', () => {
    for (const { properties } of widgets.filter(({ type }) => type === 'metric')) {
      const lines = own.find((one) => titleOf(one) === properties.title)?.lines ?? [];
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
    expect([...known, 'GlobalSecondaryIndexName', 'StateMachineArn', 'ActionType', 'RuleName']).toEqual(
      expect.arrayContaining([...new Set([...plain, ...searched])]),
    );
  });
});

describe('boards', () => {
  it('show days that were corrected downwards: energy and money may be below zero, and nothing else', () => {
    const ranges = [...boardsOf(prod).values()]
      .flat()
      .filter(({ type }) => type === 'metric')
      .map(({ properties }) => properties.yAxis.left);
    const free = ranges.filter(({ min }) => min === undefined).map(({ label }) => label);
    expect(new Set(free)).toEqual(new Set(['Wh', 'won']));
    expect(ranges.filter(({ label }) => ['Wh', 'won'].includes(label))).toHaveLength(free.length);
  });

  it('count what tables turn away with what their indexes do', () => {
    const chart = boardsOf(prod)
      .get('hems-prod-system')
      ?.find(({ properties }) => properties.title === 'Table throttles');
    const lines: any[][] = chart.properties.metrics;
    expect(lines.filter(([{ expression } = { expression: undefined }]) => expression)).toHaveLength(2 * TABLES.length);
    expect(lines.filter((line) => line.includes('GlobalSecondaryIndexName'))).toHaveLength(4 * TABLES.length);
  });

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
      expect(runtime('emf.ts')).toContain(`${field}:`);
    }
    expect(runtime('tell-ingest.ts')).toMatch(/'a message was kept out', [{] reason, channel: .+, gateway: /);
    expect(runtime('correlation.ts')).toContain('`run-${date}-${attempt}`');
  });
});
