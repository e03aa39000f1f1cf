import { Alarm, type ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { House } from './house.ts';

/** Chapters of `docs/runbook.md`; a test compares the two. */
export const CHAPTERS = [
  'readings-are-not-taken-in',
  'readings-stopped',
  'readings-are-late',
  'messages-are-kept-out',
  'homes-are-offline',
  'stream-is-behind',
  'command-results-are-lost',
  'dead-letters',
  'history-refuses-records',
  'api-fails',
  'api-is-slow',
  'tables-throttle',
  'daily-run-fails',
  'daily-run-is-missing',
  'checks-do-not-come',
  'a-tariff-quarter-is-missing',
  'forecasts-are-missing',
  'payouts-are-stuck',
  'erasures-are-stuck',
  'notices-do-not-go-out',
  'notices-are-late',
  'presence-is-not-told',
  'gateways-are-not-provisioned',
  'history-files-are-not-read',
  'homes-are-not-planned',
  'archives-are-late',
  'forecasts-are-not-trained',
  'forecast-endpoint-fails',
  'forecasts-are-poor',
  'forecasts-stand-in',
  'partners-are-refused',
  'partner-api-fails',
  'a-partner-is-silent',
  'webhooks-are-not-delivered',
  'events-of-partners-are-not-carried-out',
  'a-system-does-not-answer',
] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** Who notices when it breaks, in one sentence, and what the person on duty does. */
export type Consequence = { readonly hurt: string; readonly chapter: Chapter };

/** What an alarm tells the person it wakes. */
export const descriptionOf = ({ hurt, chapter }: Consequence): string =>
  `${hurt} What to do: docs/runbook.md#${chapter}`;

export type HemsAlarmProps = Consequence & {
  readonly house: House;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  /** periods in a row of the metric; one unless it is normal for a single one to be bad */
  readonly periods?: number;
  /** so many of the periods suffice; all of them where it is not said */
  readonly enough?: number;
  /** no data is the fault itself */
  readonly silenceIsBad?: true;
  /** it ends by the clock and not because the fault is over: an end that is told would be a false one */
  readonly endsByTheClock?: true;
  /** nothing is lost if it is read in the morning */
  readonly canWait?: true;
};

/** For what is told once a day, of metrics by the hour: the alarm stands for the day, and ends in time to sound again on the next. */
export const ONCE_A_DAY = { periods: 20, enough: 1, endsByTheClock: true } as const;

/** An alarm that tells the person it wakes who is hurt and where to read on, and tells them again when it is over. */
export class HemsAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: HemsAlarmProps) {
    super(scope, id, {
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison,
      evaluationPeriods: props.periods ?? 1,
      ...(props.enough !== undefined && { datapointsToAlarm: props.enough }),
      treatMissingData: props.silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: descriptionOf(props),
    });
    const notify = new SnsAction(props.canWait ? props.house.mornings : props.house.operations);
    this.addAlarmAction(notify);
    if (!props.endsByTheClock) this.addOkAction(notify);
  }
}
