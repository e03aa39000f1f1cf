import { at, DAY, FIVE, HALF_HOUR, HOUR, MINUTE, of, series, silent, times, type Scenario } from './alarm-world.ts';

/** How each budget is spent too fast: at once, and by and by. */
export const BUDGET_SCENARIOS: readonly Scenario[] = [
  {
    when: 'a deployment breaks ingest: half of its calls fail for five minutes',
    wakes: /^ops\/IngestionBudgetBurns$/,
    minutes: 5,
    tells: [series('AWS/Lambda/Errors', MINUTE, 50), series('HEMS/IngestDelayMs', FIVE, ...times(250, 350))],
  },
  {
    when: 'a table turns writes away: no call of the reader fails, but of each batch of a shard 300 messages come again, for five minutes',
    wakes: /^ops\/IngestionBudgetBurns$/,
    where: 'blocks, stream',
    minutes: 5,
    tells: [series('HEMS/MessagesNotTaken', 20, 300), series('HEMS/IngestDelayMs', FIVE, ...times(250, 350))],
  },
  {
    when: 'one home in a hundred cannot be written: one message in fifty comes again, for six hours',
    wakes: /^ops\/IngestionBudgetBurns$/,
    where: 'blocks, stream',
    minutes: 360,
    tells: [series('HEMS/MessagesNotTaken', MINUTE, 2)],
  },
  {
    when: 'the broker cannot hand on three messages of a hundred, for an hour',
    wakes: /^ops\/IngestionBudgetBurns$/,
    minutes: 60,
    tells: [series('AWS/SQS/NumberOfMessagesSent', MINUTE, 3)],
  },
  {
    when: 'the history refuses one message in a hundred, for six hours',
    wakes: /^ops\/IngestionBudgetBurns$/,
    minutes: 360,
    tells: [of('not-in-history', series('HEMS/MessagesQuarantined', MINUTE, 1))],
  },
  {
    when: 'the table is slow: one message in three takes 25 seconds, for half an hour',
    wakes: /^ops\/FreshnessBudgetBurns$/,
    minutes: 30,
    tells: [series('HEMS/IngestDelayMs', FIVE, ...times(340, 350), ...times(160, 25_000))],
  },
  {
    when: 'one message in twelve takes 25 seconds, for six hours',
    wakes: /^ops\/FreshnessBudgetBurns$/,
    minutes: 360,
    tells: [series('HEMS/IngestDelayMs', FIVE, ...times(458, 350), ...times(42, 25_000))],
  },
  {
    when: 'one noun of the API is broken: one request in ten is answered with 5xx, for fifteen minutes',
    wakes: /^ops\/AnswersBudgetBurns$/,
    minutes: 15,
    tells: [series('AWS/ApiGateway/5xx', MINUTE, ...times(20, 1))],
  },
  {
    when: 'eight requests in a thousand are answered with 5xx, for six hours',
    wakes: /^ops\/AnswersBudgetBurns$/,
    minutes: 360,
    tells: [series('AWS/ApiGateway/5xx', FIVE, ...times(8, 1))],
  },
  {
    when: 'one answer in three takes four seconds, for half an hour',
    wakes: /^ops\/AnswerTimeBudgetBurns$/,
    minutes: 30,
    tells: [series('AWS/ApiGateway/Latency', FIVE, ...times(330, 140), ...times(170, 4000))],
  },
  {
    when: 'eight answers in a hundred take four seconds, for six hours',
    wakes: /^ops\/AnswerTimeBudgetBurns$/,
    minutes: 360,
    tells: [series('AWS/ApiGateway/Latency', FIVE, ...times(92, 140), ...times(8, 4000))],
  },
  {
    when: 'the push service hangs: one notice in three goes out after five minutes, for half an hour',
    wakes: /^ops\/NoticesBudgetBurns$/,
    minutes: 30,
    tells: [series('HEMS/NoticeDelayMs', FIVE, ...times(33, 2200), ...times(17, 300_000))],
  },
  {
    when: 'one notice in ten goes out after five minutes, for six hours',
    wakes: /^ops\/NoticesBudgetBurns$/,
    minutes: 360,
    tells: [series('HEMS/NoticeDelayMs', FIVE, ...times(45, 2200), ...times(5, 300_000))],
  },
];

/** What spends a budget, and not so fast that anybody should be woken. */
export const QUIET: readonly Scenario[] = [
  {
    when: 'one request in fifty fails for five minutes',
    wakes: /^ops\/AnswersBudgetBurns$/,
    minutes: 5,
    tells: [series('AWS/ApiGateway/5xx', MINUTE, ...times(4, 1))],
  },
  {
    when: 'of three requests at night one fails',
    wakes: /^ops\/AnswersBudgetBurns$/,
    minutes: 360,
    tells: [series('AWS/ApiGateway/5xx', 6 * HOUR, 1), series('AWS/ApiGateway/Count', 2 * HOUR, 1)],
  },
  {
    when: 'one answer in a hundred is slow all day',
    wakes: /^ops\/AnswerTimeBudgetBurns$/,
    minutes: 1440,
    tells: [series('AWS/ApiGateway/Latency', FIVE, ...times(99, 140), 4000)],
  },
  {
    when: 'one call of ingest in 2,000 fails all day, as they do at the scale of a million homes',
    wakes: /^ingest\/(Stream)?IngestFails$|^ops\/IngestionBudgetBurns$/,
    minutes: 1440,
    tells: [series('AWS/Lambda/Errors', FIVE, 1), series('HEMS/IngestDelayMs', FIVE, ...times(1999, 350))],
  },
  {
    when: 'one request in a thousand fails all day',
    wakes: /^api\/.+Fails$|^ops\/AnswersBudgetBurns$/,
    minutes: 1440,
    tells: [series('AWS/Lambda/Errors', FIVE, 1), series('AWS/ApiGateway/5xx', FIVE, 1)],
  },
  {
    when: 'SES is away for a moment at eight: 60 mails fail once and go a minute later',
    wakes: /^notifications\/MessagesFail$/,
    minutes: 30,
    tells: [
      series('HEMS/MessagesFailed', MINUTE, 0),
      at([30], series('HEMS/MessagesFailed', MINUTE, 60)),
      at([90], series('HEMS/MessagesSent', MINUTE, 60)),
    ],
  },
  {
    when: 'at night two pushes of three fail',
    wakes: /^notifications\/MessagesFail$/,
    minutes: 120,
    tells: [series('HEMS/MessagesFailed', HALF_HOUR, 2), series('HEMS/MessagesSent', HALF_HOUR, 1)],
  },
  {
    when: 'two gateways of a pilot with eight are away',
    wakes: /^ops\/InspectionHomesOffline$/,
    minutes: 180,
    tells: [series('HEMS/FleetSeen', HOUR, 8), series('HEMS/FleetOnlinePercent', HOUR, 75)],
  },
  {
    when: 'no home has a gateway yet',
    wakes: /^ops\/InspectionHomesOffline$/,
    minutes: 180,
    tells: [series('HEMS/FleetSeen', HOUR, 0), silent('HEMS/FleetOnlinePercent')],
  },
  {
    when: 'fewer than twenty homes have forecasts, so that the run tells no share of them',
    wakes: /^workflows\/ReportRunForecasts(ArePoor|StandIn)$/,
    minutes: 2 * (DAY / MINUTE),
    tells: ['Accuracy', 'NaiveAccuracy', 'Within80', 'UsualShare'].map((name) => silent(`HEMS/Forecast${name}`)),
  },
  {
    when: 'of four requests of partners in five minutes three take eight seconds, all night',
    wakes: /^partner\/(Iam|Signed)Slow$/,
    minutes: 360,
    tells: [series('AWS/ApiGateway/Latency', FIVE, 300, ...times(3, 8000))],
  },
  {
    when: 'the rail does not answer for twenty minutes',
    wakes: /^workflows\/PayoutsStuck$/,
    minutes: 20,
    tells: [series('HEMS/PayoutsUnanswered', MINUTE, 1)],
  },
  {
    when: 'homes could not be planned in one half hour',
    wakes: /^planning\/HomesFail$/,
    minutes: 30,
    tells: [of('failed', series('HEMS/HomesPlanned', HALF_HOUR, 7))],
  },
  {
    when: 'one gateway sends two hundred wrong messages at once',
    wakes: /^ops\/MessagesKeptOut$/,
    minutes: 5,
    tells: [series('HEMS/MessagesQuarantined', FIVE, 200), series('HEMS/IngestDelayMs', FIVE, ...times(700, 350))],
  },
];
