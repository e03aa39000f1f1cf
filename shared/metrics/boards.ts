import type { MetricName } from './catalogue.ts';

type Statistic = 'sum' | 'average' | 'maximum' | 'p50' | 'p95' | 'p99';

export type Line = {
  readonly metric: MetricName;
  readonly statistic: Statistic;
  readonly label: string;
  /** a line for each value of what the figure is split by, in place of one for the whole */
  readonly split?: true;
};
export type Chart = {
  readonly title: string;
  readonly unit: string;
  /** seconds that a point of the chart stands for */
  readonly periodS: 300 | 3600 | 86_400;
  readonly lines: readonly Line[];
};
export type Board = { readonly title: string; readonly asks: string; readonly charts: readonly Chart[] };

const FIVE_MINUTES = 300;
const HOUR = 3600;
const DAY = 86_400;

/** What operators look at: CloudWatch dashboards are built from these values, and the local page `/ops` draws them. */
export const BOARDS = {
  energy: {
    title: 'Energy',
    asks: 'Are homes heard, and what did they use and save?',
    charts: [
      {
        title: 'Points taken in',
        unit: 'points',
        periodS: FIVE_MINUTES,
        lines: [{ metric: 'ReadingsAccepted', statistic: 'sum', label: 'points', split: true }],
      },
      {
        title: 'Until a message is durable',
        unit: 'ms',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'IngestDelayMs', statistic: 'p50', label: 'half within' },
          { metric: 'IngestDelayMs', statistic: 'p95', label: '95 of 100 within' },
          { metric: 'IngestDelayMs', statistic: 'p99', label: '99 of 100 within' },
        ],
      },
      {
        title: 'Age of a live reading when it can be asked for',
        unit: 'ms',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'ReadingAgeMs', statistic: 'p50', label: 'half within' },
          { metric: 'ReadingAgeMs', statistic: 'p95', label: '95 of 100 within' },
        ],
      },
      {
        title: 'Drawn from the grid, as each night’s run added it',
        unit: 'Wh',
        periodS: DAY,
        lines: [{ metric: 'DayImportWh', statistic: 'sum', label: 'all homes' }],
      },
      {
        title: 'Saved and settled, as each night’s run added it',
        unit: 'won',
        periodS: DAY,
        lines: [
          { metric: 'DaySavedWon', statistic: 'sum', label: 'saved' },
          { metric: 'RewardsSettledWon', statistic: 'sum', label: 'rewards settled' },
        ],
      },
      {
        title: 'Homes gone through by daily runs',
        unit: 'homes',
        periodS: DAY,
        lines: [{ metric: 'HomesDerived', statistic: 'sum', label: 'homes', split: true }],
      },
    ],
  },
  ai: {
    title: 'AI',
    asks: 'Are forecasts better than the simple rule, and do plans go out?',
    charts: [
      {
        title: 'Forecasts of a day against the 7-day mean',
        unit: '%',
        periodS: DAY,
        lines: [
          { metric: 'ForecastAccuracy', statistic: 'average', label: 'accuracy' },
          { metric: 'ForecastNaiveAccuracy', statistic: 'average', label: 'of the 7-day mean' },
          { metric: 'ForecastWithin80', statistic: 'average', label: 'hours in their 80 % range' },
        ],
      },
      {
        title: 'Forecasts without an engine',
        unit: '%',
        periodS: DAY,
        lines: [{ metric: 'ForecastUsualShare', statistic: 'average', label: 'the usual stands in' }],
      },
      {
        title: 'Homes planned',
        unit: 'homes',
        periodS: HOUR,
        lines: [{ metric: 'HomesPlanned', statistic: 'sum', label: 'homes', split: true }],
      },
      {
        title: 'What plans ordered',
        unit: 'orders',
        periodS: HOUR,
        lines: [
          { metric: 'PlanOrders', statistic: 'sum', label: 'orders' },
          { metric: 'PlanModeChanges', statistic: 'sum', label: 'changes of mode' },
        ],
      },
    ],
  },
  system: {
    title: 'System',
    asks: 'Is anybody waiting, refused or lost?',
    charts: [
      {
        title: 'API requests and errors',
        unit: 'requests',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'ApiRequests', statistic: 'sum', label: 'requests' },
          { metric: 'ApiClientErrors', statistic: 'sum', label: '4xx' },
          { metric: 'ApiServerErrors', statistic: 'sum', label: '5xx' },
        ],
      },
      {
        title: 'API answers in',
        unit: 'ms',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'ApiLatencyMs', statistic: 'p50', label: 'half within' },
          { metric: 'ApiLatencyMs', statistic: 'p95', label: '95 of 100 within' },
        ],
      },
      {
        title: 'Partners',
        unit: 'requests',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'PartnerRequests', statistic: 'sum', label: 'requests' },
          { metric: 'PartnerServerErrors', statistic: 'sum', label: '5xx' },
        ],
      },
      {
        title: 'Functions',
        unit: 'calls',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'FunctionErrors', statistic: 'sum', label: 'failed' },
          { metric: 'FunctionThrottles', statistic: 'sum', label: 'turned away' },
        ],
      },
      {
        title: 'Set aside for a person',
        unit: 'messages',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'DeadLetters', statistic: 'maximum', label: 'dead letters' },
          { metric: 'RuleFailures', statistic: 'sum', label: 'rule actions failed' },
        ],
      },
      {
        title: 'Behind the stream',
        unit: 'ms',
        periodS: FIVE_MINUTES,
        lines: [{ metric: 'StreamAgeMs', statistic: 'maximum', label: 'oldest message not taken in' }],
      },
      {
        title: 'Table throttles',
        unit: 'requests',
        periodS: FIVE_MINUTES,
        lines: [{ metric: 'TableThrottles', statistic: 'sum', label: 'turned away' }],
      },
      {
        title: 'Daily run',
        unit: 'ms',
        periodS: DAY,
        lines: [{ metric: 'DailyRunMs', statistic: 'maximum', label: 'longest' }],
      },
      {
        title: 'Notices and webhooks',
        unit: 'ms',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'NoticeDelayMs', statistic: 'p95', label: '95 of 100 notices within' },
          { metric: 'WebhooksLatestMs', statistic: 'maximum', label: 'oldest webhook waits' },
        ],
      },
      {
        title: 'Not done',
        unit: 'pieces',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'MessagesNotTaken', statistic: 'sum', label: 'messages of the stream not taken' },
          { metric: 'PayoutsUnanswered', statistic: 'maximum', label: 'payouts unanswered' },
          { metric: 'MessagesFailed', statistic: 'sum', label: 'mails and pushes failed' },
          { metric: 'ErasuresLate', statistic: 'maximum', label: 'erasures late' },
          { metric: 'ConnectorsFailed', statistic: 'maximum', label: 'systems silent' },
        ],
      },
    ],
  },
  people: {
    title: 'People',
    asks: 'Do residents come, join and stay?',
    charts: [
      {
        title: 'Residents who looked, day by day',
        unit: 'people',
        periodS: DAY,
        lines: [{ metric: 'ResidentsActive', statistic: 'sum', label: 'residents' }],
      },
      {
        title: 'Joined and left',
        unit: 'households',
        periodS: DAY,
        lines: [
          { metric: 'HouseholdsJoined', statistic: 'sum', label: 'households' },
          { metric: 'ResidentsJoined', statistic: 'sum', label: 'people' },
          { metric: 'HouseholdsErased', statistic: 'sum', label: 'households erased' },
        ],
      },
      {
        title: 'Challenges joined',
        unit: 'households',
        periodS: DAY,
        lines: [{ metric: 'ChallengesJoined', statistic: 'sum', label: 'households' }],
      },
    ],
  },
  devices: {
    title: 'Devices',
    asks: 'Which share of the fleet is there, and what is kept out?',
    charts: [
      {
        title: 'Gateways connected, devices silent for a day',
        unit: '%',
        periodS: HOUR,
        lines: [
          { metric: 'FleetOnlinePercent', statistic: 'average', label: 'connected' },
          { metric: 'FleetSilentPercent', statistic: 'average', label: 'silent' },
        ],
      },
      {
        title: 'Coming and going',
        unit: 'gateways',
        periodS: FIVE_MINUTES,
        lines: [
          { metric: 'GatewaysConnected', statistic: 'sum', label: 'connected' },
          { metric: 'GatewaysDisconnected', statistic: 'sum', label: 'gone' },
        ],
      },
      {
        title: 'Messages kept out, by reason',
        unit: 'messages',
        periodS: FIVE_MINUTES,
        lines: [{ metric: 'MessagesQuarantined', statistic: 'sum', label: 'messages', split: true }],
      },
    ],
  },
} as const satisfies Record<string, Board>;
export type BoardName = keyof typeof BOARDS;
