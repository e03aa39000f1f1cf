import { BUDGET_SCENARIOS } from './alarm-budget-scenarios.ts';
import {
  DAY,
  FIVE,
  HALF_HOUR,
  HOUR,
  MINUTE,
  QUARTER,
  of,
  series,
  silent,
  times,
  at,
  type Scenario,
} from './alarm-world.ts';

/** What is told once a day is told at hour 12 of this world; eight hours later the alarm still has to stand. */
const EIGHT_HOURS_LATER = 20 * 60;

const ANY_FUNCTION =
  /^(?!partner\/(Iam|Signed)Fails$|workflows\/DailyRunFails$|privacy\/ErasureFails$|forecast\/(Training|Blue|Green)Fails$).+Fails$/;

/** What each alarm is for. The figures are those of the fault, whatever the alarm's threshold is. */
export const SCENARIOS: readonly Scenario[] = [
  {
    when: 'a function throws once',
    wakes: ANY_FUNCTION,
    minutes: 5,
    tells: [series('AWS/Lambda/Errors', FIVE, 1)],
  },
  {
    when: 'one message was given up and waits for a person',
    wakes: /NotEmpty$/,
    minutes: 5,
    tells: [series('AWS/SQS/ApproximateNumberOfMessagesVisible', FIVE, 1)],
  },
  ...['Failed', 'TimedOut', 'Aborted'].map((end) => ({
    when: `one execution ends as ${end}`,
    wakes: /^(workflows\/DailyRun|privacy\/Erasure|forecast\/Training)Fails$/,
    minutes: 5,
    tells: [series(`AWS/States/Executions${end}`, FIVE, 1)],
  })),

  {
    when: 'at six the run of yesterday has not succeeded',
    wakes: /^workflows\/DailyRunMissing$/,
    minutes: EIGHT_HOURS_LATER,
    tells: [series('HEMS/DailyRunsMissing', DAY, 1)],
  },
  {
    when: 'at six nobody looked whether the run has succeeded, and it is ten now',
    wakes: /^ops\/InspectionRunNotChecked$/,
    minutes: 28 * 60,
    tells: [silent('HEMS/DailyRunsMissing')],
  },
  {
    when: 'at six nobody looked whether tariffs and forecasts are there, and it is ten now',
    wakes: /^ops\/InspectionReadinessNotChecked$/,
    minutes: 28 * 60,
    tells: [silent('HEMS/TariffQuartersMissing')],
  },
  {
    when: 'KEPCO gave notice yesterday and nobody entered it: one tariff has no row for the quarter that begins in nine days',
    wakes: /^ops\/InspectionTariffQuarterMissing$/,
    minutes: EIGHT_HOURS_LATER,
    tells: [series('HEMS/TariffQuartersMissing', DAY, 1)],
  },
  {
    when: 'the last run made no forecast',
    wakes: /^ops\/InspectionForecastsMissing$/,
    minutes: EIGHT_HOURS_LATER,
    tells: [series('HEMS/ForecastsMissing', DAY, 1)],
  },
  {
    when: 'an exchange of the carrier is out: a third of the gateways is away for two hours',
    wakes: /^ops\/InspectionHomesOffline$/,
    minutes: 120,
    tells: [series('HEMS/FleetOnlinePercent', HOUR, 66)],
  },
  {
    when: 'nobody has counted the fleet for four hours',
    wakes: /^ops\/InspectionHomesOffline$/,
    minutes: 240,
    tells: [silent('HEMS/FleetOnlinePercent'), silent('HEMS/FleetSeen')],
  },

  {
    when: 'the day was forecast 61 % right, and the mean of seven days would have been 68 % right',
    wakes: /^workflows\/ReportRunForecastsArePoor$/,
    minutes: EIGHT_HOURS_LATER,
    tells: [
      series('HEMS/ForecastAccuracy', DAY, 61),
      series('HEMS/ForecastNaiveAccuracy', DAY, 68),
      series('HEMS/ForecastWithin80', DAY, 80),
    ],
  },
  {
    when: 'half of the hours lay outside of ranges that promise 80 %',
    wakes: /^workflows\/ReportRunForecastsArePoor$/,
    minutes: EIGHT_HOURS_LATER,
    tells: [
      series('HEMS/ForecastAccuracy', DAY, 78),
      series('HEMS/ForecastNaiveAccuracy', DAY, 71),
      series('HEMS/ForecastWithin80', DAY, 50),
    ],
  },
  {
    when: 'the engine did not answer for one home in three',
    wakes: /^workflows\/ReportRunForecastsStandIn$/,
    minutes: EIGHT_HOURS_LATER,
    tells: [series('HEMS/ForecastUsualShare', DAY, 33)],
  },
  ...(['Blue', 'Green'] as const).flatMap((colour) =>
    ['4XX', '5XX'].map((kind) => ({
      when: `the endpoint ${colour} answers ${kind} to six calls a minute for ten minutes`,
      wakes: new RegExp(`^forecast/${colour}Fails$`),
      minutes: 10,
      tells: [of(colour.toLowerCase(), series(`AWS/SageMaker/Invocation${kind}Errors`, MINUTE, ...times(6, 1)))],
    })),
  ),
  {
    when: 'seven homes could not be planned in two half hours',
    wakes: /^planning\/HomesFail$/,
    minutes: 60,
    tells: [of('failed', series('HEMS/HomesPlanned', HALF_HOUR, 7))],
  },

  {
    when: 'the rail has not answered one payout for 30 minutes',
    wakes: /^workflows\/PayoutsStuck$/,
    minutes: 30,
    tells: [series('HEMS/PayoutsUnanswered', MINUTE, 1)],
  },
  {
    when: 'one erasure was asked for more than 24 hours ago',
    wakes: /^privacy\/ErasureIsLate$/,
    minutes: 25,
    tells: [series('HEMS/ErasuresLate', QUARTER, 1)],
  },
  {
    when: 'an archive was asked for 17 minutes ago and is not written',
    wakes: /^files\/ArchivesAreLate$/,
    minutes: 5,
    tells: [series('AWS/SQS/ApproximateAgeOfOldestMessage', FIVE, 1020)],
  },
  {
    when: 'SES is away from eight on, when 60 mails of the night are due: they fail, and fail again after 1, 5 and 30 minutes; 40 pushes go',
    wakes: /^notifications\/MessagesFail$/,
    minutes: 45,
    tells: [
      series('HEMS/MessagesFailed', MINUTE, 0),
      at([30, 90, 390, 2190], series('HEMS/MessagesFailed', MINUTE, 60)),
      at([30], series('HEMS/MessagesSent', MINUTE, 40)),
    ],
  },
  {
    when: 'SES refuses one mail in ten for what it says: of ten a minute one fails, and those of one and of six minutes ago fail again',
    wakes: /^notifications\/MessagesFail$/,
    minutes: 45,
    tells: [series('HEMS/MessagesFailed', MINUTE, 3), series('HEMS/MessagesSent', MINUTE, 9)],
  },

  {
    when: 'the office has not called for 27 hours',
    wakes: /^partner\/IamSilentoffice$/,
    minutes: 27 * 60,
    tells: [silent('HEMS/Heard-prod-office')],
  },
  {
    when: 'the building has not called for nine hours',
    wakes: /^partner\/SignedSilentbuilding$/,
    minutes: 9 * 60,
    tells: [silent('HEMS/Heard-prod-building')],
  },
  ...(['Iam', 'Sig'] as const).map((scheme) => ({
    when: `a partner's clock is off: its ${scheme} requests are refused, one in five seconds`,
    wakes: new RegExp(`^partner/${scheme === 'Iam' ? 'Iam' : 'Signed'}Refusals$`),
    minutes: 5,
    tells: [series(`HEMS/PartnerRefused-prod-${scheme.toLowerCase()}`, 5, 1)],
  })),
  {
    when: 'two requests of partners a minute are answered with 5xx',
    wakes: /^partner\/(Iam|Signed)Fails$/,
    minutes: 5,
    tells: [series('AWS/ApiGateway/5XXError', MINUTE, 1, 1)],
  },
  {
    when: 'one answer to partners in ten takes eight seconds, for a quarter of an hour',
    wakes: /^partner\/(Iam|Signed)Slow$/,
    minutes: 15,
    tells: [series('AWS/ApiGateway/Latency', FIVE, ...times(90, 300), ...times(10, 8000))],
  },
  {
    when: 'one message to a partner was given up',
    wakes: /^partner\/WorkGivenUp$/,
    minutes: 5,
    tells: [series('HEMS/WebhooksGivenUp', FIVE, 1)],
  },
  {
    when: 'the oldest message to a partner has waited for 70 minutes',
    wakes: /^partner\/WorkOverdue$/,
    minutes: 5,
    tells: [series('HEMS/WebhooksLatestMs', MINUTE, 4_200_000)],
  },
  {
    when: 'the system of one building has failed three times in a row',
    wakes: /^partner\/WorkNoAnswer$/,
    minutes: 5,
    tells: [series('HEMS/ConnectorsFailed', FIVE, 1)],
  },

  {
    when: 'nothing has been taken in for half an hour',
    wakes: /^ops\/ReadingsStopped$/,
    minutes: 30,
    tells: [silent('HEMS/ReadingsAccepted')],
  },
  {
    when: 'a release of a gateway sends what the schema does not know: one message in twenty is kept out for a quarter of an hour',
    wakes: /^ops\/MessagesKeptOut$/,
    minutes: 15,
    tells: [series('HEMS/MessagesQuarantined', FIVE, 25), series('HEMS/IngestDelayMs', FIVE, ...times(500, 350))],
  },
  ...(['Read', 'Write'] as const).flatMap((kind) => [
    {
      when: `the table of energy turns 60 ${kind.toLowerCase()}s a minute away for ten minutes`,
      wakes: new RegExp(`^ops/TablesThrottle${kind}s$`),
      minutes: 10,
      tells: [of('Energy', series(`AWS/DynamoDB/${kind}ThrottleEvents`, MINUTE, 60))],
    },
    ...['by-i1', 'by-i2'].map((index) => ({
      when: `a partition of the index ${index} is hot: it turns 60 ${kind.toLowerCase()}s a minute away for ten minutes, and the table none`,
      wakes: new RegExp(`^ops/Indexes${index.replace('-', '')}Throttle${kind}s$`),
      minutes: 10,
      tells: [of(index, series(`AWS/DynamoDB/${kind}ThrottleEvents`, MINUTE, 60))],
    })),
  ]),
  {
    when: 'Timestream refuses one late point after it had taken it',
    wakes: /^ops\/HistoryRefuses$/,
    minutes: 5,
    tells: [of('Electrical', series('AWS/Timestream/MagneticStoreRejectedRecordCount', FIVE, 1))],
  },
  {
    when: 'the reader of the stream is seven minutes behind, for ten minutes',
    wakes: /^ingest\/ReadingsBehind$/,
    minutes: 10,
    tells: [series('AWS/Lambda/IteratorAge', MINUTE, 420_000)],
  },
  {
    when: 'a batch of the stream was given up and set aside',
    wakes: /^ingest\/ReadingsGivenUp$/,
    minutes: 5,
    tells: [series('AWS/Lambda/OnFailureDestinationDeliveredEventCount', FIVE, 500)],
  },
  {
    when: 'a batch of the stream was given up and lies nowhere',
    wakes: /^ingest\/ReadingsDropped$/,
    minutes: 5,
    tells: [series('AWS/Lambda/DroppedEventCount', FIVE, 500)],
  },
  {
    when: 'the bucket did not take a batch that was given up',
    wakes: /^ingest\/ReadingsNotSetAside$/,
    minutes: 5,
    tells: [series('AWS/Lambda/DestinationDeliveryFailures', FIVE, 1)],
  },

  // what comes by the clock tells a figure each time, also when there is nothing to do: without one, nobody came
  {
    when: 'no half hour has been planned for two hours',
    wakes: /^planning\/HomesFail$/,
    minutes: 130,
    tells: [silent('HEMS/HomesPlanned')],
  },
  {
    when: 'the sweep of payouts has not come for three quarters of an hour',
    wakes: /^workflows\/PayoutsStuck$/,
    minutes: 45,
    tells: [silent('HEMS/PayoutsUnanswered')],
  },
  {
    when: 'nobody has looked at erasures for an hour',
    wakes: /^privacy\/ErasureIsLate$/,
    minutes: 60,
    tells: [silent('HEMS/ErasuresLate')],
  },
  {
    when: 'the sweep of notices has not come for an hour, while those that need not wait are told',
    wakes: /^notifications\/MessagesFail$/,
    minutes: 60,
    tells: [silent('AWS/Lambda/Invocations')],
  },
  {
    when: 'the sweep of webhooks has not come for twenty minutes',
    wakes: /^partner\/WorkOverdue$/,
    minutes: 20,
    tells: [silent('HEMS/WebhooksLatestMs')],
  },
  {
    when: 'no system of a building has been asked for forty minutes',
    wakes: /^partner\/WorkNoAnswer$/,
    minutes: 40,
    tells: [silent('HEMS/ConnectorsFailed')],
  },

  ...BUDGET_SCENARIOS,
];
