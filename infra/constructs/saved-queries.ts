import { QueryDefinition, QueryString, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Log groups by the part of the system that writes them. */
export type LogGroups = {
  /** from the device to the answer and the notice */
  readonly path: readonly ILogGroup[];
  /** what keeps messages out */
  readonly doors: readonly ILogGroup[];
  /** what runs by the clock */
  readonly jobs: readonly ILogGroup[];
  /** partners and their events */
  readonly partners: readonly ILogGroup[];
};

/** A line holds `correlation_id` and `function_name`, the line with the figures as well (`functions/runtime/log.ts`). */
const byCorrelation = new QueryString({
  fields: ['@timestamp', 'function_name', 'level', 'message', '@message'],
  filterStatements: ['correlation_id = "PUT-THE-ID-HERE"'],
  sort: '@timestamp asc',
  limit: 1000,
});

/** `example`: an id to look up by the query beside. Of a flood functions log a part; the board of devices has all of it. */
const byReason = new QueryString({
  filterStatements: ['message = "a message was kept out"'],
  statsStatements: [
    'count(*) as messages, latest(correlation_id) as example, latest(@timestamp) as last by reason, channel, gateway',
  ],
  sort: 'messages desc',
});

/** A step of the daily run has the id `run-DATE-ATTEMPT`; executions have the day in their name. */
const byJob = new QueryString({
  fields: ['@timestamp', 'coalesce(function_name, details.name) as who', 'type', 'level', 'message', '@message'],
  filterStatements: ['correlation_id like "YYYY-MM-DD" or execution_arn like "YYYY-MM-DD"'],
  sort: '@timestamp asc',
  limit: 1000,
});

/** Queries that an operator finds ready in CloudWatch Logs Insights. One looks into 50 groups at most. */
export class SavedQueries extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { folder, groups }: { readonly folder: string; readonly groups: LogGroups },
  ) {
    super(scope, id);
    const { path, doors, jobs, partners } = groups;
    for (const [of, { name, queryString, logGroups }] of Object.entries({
      CorrelationPath: {
        name: 'by correlation id, devices and residents',
        queryString: byCorrelation,
        logGroups: path,
      },
      CorrelationJobs: { name: 'by correlation id, jobs', queryString: byCorrelation, logGroups: jobs },
      CorrelationPartners: { name: 'by correlation id, partners', queryString: byCorrelation, logGroups: partners },
      Reason: { name: 'messages kept out, by reason', queryString: byReason, logGroups: doors },
      Job: { name: 'by job and day', queryString: byJob, logGroups: jobs },
    }))
      new QueryDefinition(this, of, {
        queryDefinitionName: `${folder}/${name}`,
        queryString,
        logGroups: [...logGroups],
      });
  }
}
