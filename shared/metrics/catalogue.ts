import { DEVICE_KINDS } from '@hems/models/device/kinds';
import { KEPT_OUT } from '@hems/models/reading/kept-out';

/** What a figure is split by; never by a household, a person or a device: a dimension's values are few and known. */
type Split = 'deviceKind' | 'outcome';

export type OwnMetricSpec = {
  readonly unit: 'Count' | 'Milliseconds' | 'Percent' | 'Wh' | 'Won';
  /** told as a whole and once more for each value of this */
  readonly by?: Split;
  /** all values that the split can have */
  readonly values?: readonly string[];
  readonly says: string;
};

export const METRIC_NAMESPACE = 'HEMS';
/** The value of the dimension `service` that every figure has. */
export const SERVICE = 'hems';

/** What may come of a home's day in the run. */
export const DAY_OUTCOMES = ['derived', 'corrected', 'unchanged', 'missing', 'failed'] as const;
const PLAN_OUTCOMES = ['planned', 'failed'] as const;

/** Figures that our handlers tell (CloudWatch: namespace `HEMS`, embedded metric format; locally: the page `/ops`). */
export const OWN_METRICS = {
  ReadingsAccepted: { unit: 'Count', by: 'deviceKind', values: DEVICE_KINDS, says: 'points taken in' },
  /** The share of kept-out messages is its sum over the sample count of `IngestDelayMs`. */
  MessagesQuarantined: {
    unit: 'Count',
    by: 'outcome',
    values: KEPT_OUT,
    says: 'messages of which something was kept out, each once, by the first reason; not those that a person brings again',
  },
  /**
   * One value for each message of readings and for each that was kept out: its sample count is all messages, those in `MessagesQuarantined`
   * among them.
   */
  IngestDelayMs: {
    unit: 'Milliseconds',
    says: 'from the broker until a message is durable, as readings or in the quarantine',
  },
  MessagesNotTaken: {
    unit: 'Count',
    says: 'messages of a batch of the stream that were not taken and come again; 0 where all were',
  },
  ReadingAgeMs: { unit: 'Milliseconds', says: 'from the device’s clock until a live reading can be asked for' },
  DayImportWh: {
    unit: 'Wh',
    says: 'drawn from the grid by all homes, as far as the run added to what is known of days',
  },
  DaySavedWon: { unit: 'Won', says: 'saved by all homes, as far as the run added to what is known of days' },
  RewardsSettledWon: { unit: 'Won', says: 'settled for the first time by the run' },
  HomesDerived: {
    unit: 'Count',
    by: 'outcome',
    values: DAY_OUTCOMES,
    says: 'homes of the run, by what came of their day',
  },
  DailyRunsMissing: { unit: 'Count', says: '1 where yesterday’s run has not succeeded when it is looked for' },
  ForecastAccuracy: { unit: 'Percent', says: 'of yesterday’s forecasts, where 20 homes or more had one' },
  ForecastNaiveAccuracy: { unit: 'Percent', says: 'of the mean of seven days, for the same hours' },
  ForecastWithin80: { unit: 'Percent', says: 'hours inside their 80 % range' },
  ForecastUsualShare: { unit: 'Percent', says: 'forecasts for which the usual stood in' },
  ForecastsMissing: { unit: 'Count', says: '1 where the last run made no forecast though homes have agreed to them' },
  HomesPlanned: { unit: 'Count', by: 'outcome', values: PLAN_OUTCOMES, says: 'homes planned by the clock' },
  PlanOrders: { unit: 'Count', says: 'orders that plans gave to devices' },
  PlanModeChanges: { unit: 'Count', says: 'changes of mode that plans ordered' },
  TariffQuartersMissing: {
    unit: 'Count',
    says: 'tariffs without a row for the next quarter, from nine days before it begins',
  },
  PayoutsUnanswered: { unit: 'Count', says: 'payouts that the rail has not answered' },
  MessagesSent: { unit: 'Count', says: 'mails and pushes that were sent' },
  MessagesFailed: {
    unit: 'Count',
    says: 'times a mail or push could not be sent: tried again later, or given up',
  },
  NoticeDelayMs: {
    unit: 'Milliseconds',
    says: 'from what happened, or the end of the quiet hours that held it back, until a notice of it was sent or in the inbox',
  },
  ErasuresLate: { unit: 'Count', says: 'erasures that should have ended' },
  WebhooksGivenUp: { unit: 'Count', says: 'messages to partners that were given up' },
  WebhooksLatestMs: { unit: 'Milliseconds', says: 'how long the oldest message to a partner has waited' },
  ConnectorsFailed: { unit: 'Count', says: 'systems of buildings that do not answer' },
  ResidentsActive: { unit: 'Count', says: 'residents at their first look of a day' },
  HouseholdsJoined: { unit: 'Count', says: 'households whose residence was proved' },
  ResidentsJoined: { unit: 'Count', says: 'people who joined a household by its invitation' },
  ChallengesJoined: { unit: 'Count', says: 'households that joined a challenge' },
  HouseholdsErased: { unit: 'Count', says: 'erasures of a household that have begun' },
  GatewaysConnected: { unit: 'Count', says: 'connections of gateways' },
  GatewaysDisconnected: { unit: 'Count', says: 'ends of connections of gateways' },
  FleetOnlinePercent: { unit: 'Percent', says: 'gateways that are connected, of those looked at in the hour' },
  FleetSilentPercent: { unit: 'Percent', says: 'devices without a reading for a day, of those looked at in the hour' },
  FleetSeen: { unit: 'Count', says: 'gateways looked at in the hour' },
} as const satisfies Record<string, OwnMetricSpec>;
export type OwnMetric = keyof typeof OWN_METRICS;

/** What is handed over beside a figure: one of its values where it is split, nothing where it is not. */
export type SplitOf<M extends OwnMetric> = (typeof OWN_METRICS)[M] extends {
  values: readonly (infer V extends string)[];
}
  ? [V]
  : [];

/** Figures that the platform tells by itself: CloudWatch's own in the cloud, the local host's count of the same thing. */
export const PLATFORM_METRICS = {
  ApiRequests: 'requests of residents',
  ApiServerErrors: 'requests of residents answered with 5xx',
  ApiClientErrors: 'requests of residents answered with 4xx',
  ApiLatencyMs: 'time to answer a resident',
  PartnerRequests: 'requests of partners',
  PartnerServerErrors: 'requests of partners answered with 5xx',
  FunctionErrors: 'calls of functions that threw; a failure that is answered is none',
  FunctionThrottles: 'calls of functions that were turned away',
  DeadLetters: 'messages set aside for a person',
  StreamAgeMs: 'how far ingest is behind the stream; only where there is one',
  TableThrottles: 'reads and writes that tables turned away',
  RuleFailures: 'rule actions of the broker that failed',
  DailyRunMs: 'how long the daily run took',
} as const;
export type PlatformMetric = keyof typeof PLATFORM_METRICS;

export type MetricName = OwnMetric | PlatformMetric;
