import { FIVE, HALF_HOUR, HOUR, MINUTE, of, series, times, type Scenario } from './alarm-world.ts';

/** How each budget is spent too fast: at once, and by and by. */
export const BUDGET_SCENARIOS: readonly Scenario[] = [
  {
    when: 'a deployment breaks ingest: half of its calls fail for five minutes',
    wakes: /^ops\/IngestionBudgetBurns$/,
    minutes: 5,
    tells: [series('AWS/Lambda/Errors', MINUTE, 50), series('HEMS/IngestDelayMs', FIVE, ...times(250, 350))],
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
    tells: [series('HEMS/MessagesQuarantined', FIVE, 200)],
  },
];
