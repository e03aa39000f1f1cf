/** `asks`: written as the record is; `by`: the test of the use case that shows the call, which no handler was seen to make. */
type Shown = { readonly entries: readonly string[]; readonly asks: readonly string[]; readonly by: string };

const READ_AND_WRITE = (table: string): string[] => [`table GetItem ${table}`, `table UpdateItem ${table}`];
const WEATHER = (call: string): string[] => [`weather ${call}`, ...READ_AND_WRITE('operations')];
const INGEST = ['telemetry write', ...READ_AND_WRITE('energy')];

/**
 * Calls that use cases make and that no test makes through the handler. Each must at least stand in the function's own code. What the runs
 * of the browser make is in the record when they have run.
 */
export const SHOWN: readonly Shown[] = [
  {
    entries: ['api/access'],
    asks: ['table GetItem operations'],
    by: 'use-cases/privacy/access-log.test.ts',
  },
  { entries: ['api/advice'], asks: WEATHER('hours'), by: 'use-cases/advice/advice.test.ts' },
  {
    entries: ['api/forecast'],
    asks: WEATHER('hours'),
    by: 'use-cases/forecast/forecast-household.test.ts',
  },
  {
    entries: ['jobs/forecast-shard'],
    asks: ['weather hours'],
    by: 'use-cases/forecast/forecast-household.test.ts',
  },
  { entries: ['api/days'], asks: WEATHER('days'), by: 'use-cases/read-weather-saving.test.ts' },
  { entries: ['api/days'], asks: ['table GetItem community'], by: 'use-cases/community/read-peers.test.ts' },
  {
    entries: ['api/challenges'],
    asks: ['table GetItem energy', 'table GetItem ledger', 'table UpdateItem homes'],
    by: 'use-cases/community/challenges.test.ts',
  },
  {
    entries: ['api/consents'],
    asks: ['channel send', 'table GetItem energy', ...READ_AND_WRITE('community'), ...READ_AND_WRITE('ledger')],
    by: 'use-cases/privacy/consents.test.ts',
  },
  { entries: ['api/devices'], asks: ['table UpdateItem energy'], by: 'use-cases/devices/replace-device.test.ts' },
  {
    entries: ['api/disputes'],
    asks: ['webhooks send', ...READ_AND_WRITE('operations')],
    by: 'partner/disputes.test.ts',
  },
  { entries: ['api/erasures'], asks: ['table UpdateItem ledger'], by: 'use-cases/erasure/asking.test.ts' },
  { entries: ['api/onboarding'], asks: ['table UpdateItem energy'], by: 'use-cases/onboarding/demo-home.test.ts' },
  {
    entries: ['api/programmes'],
    asks: ['webhooks send', 'table UpdateItem operations'],
    by: 'use-cases/government/tell-decided.test.ts',
  },
  {
    entries: ['partner/applications'],
    asks: ['webhooks send'],
    by: 'use-cases/government/tell-decided.test.ts',
  },
  {
    entries: ['partner/settlements'],
    asks: ['webhooks send'],
    by: 'use-cases/government/close-settlement.test.ts',
  },
  {
    entries: ['partner/applications'],
    asks: ['table GetItem energy'],
    by: 'use-cases/saving-events/invite-to-coming.test.ts',
  },
  { entries: ['api/quarantine'], asks: INGEST, by: 'use-cases/ingest/ingest.test.ts' },
  {
    entries: ['events/ingest', 'events/ingest-stream'],
    asks: ['bus publish'],
    by: 'use-cases/ingest/watch-use.test.ts',
  },
  { entries: ['events/health'], asks: ['table UpdateItem operations'], by: 'use-cases/devices/revoke-gateway.test.ts' },
  {
    entries: ['events/presence'],
    asks: ['bus publish', 'registry cutOff'],
    by: 'use-cases/devices/presence.test.ts',
  },
  {
    entries: ['events/recheck-presence'],
    asks: ['bus publish', ...READ_AND_WRITE('homes')],
    by: 'use-cases/devices/presence.test.ts',
  },
  {
    entries: ['events/provision-hook'],
    asks: ['registry withdraw', 'table GetItem operations', ...READ_AND_WRITE('homes')],
    by: 'local/broker/provisioning.test.ts',
  },
  {
    entries: ['events/invite'],
    asks: [
      'bus publish',
      'table GetItem homes',
      'table GetItem energy',
      'table GetItem operations',
      ...READ_AND_WRITE('ledger'),
    ],
    by: 'use-cases/notices/triggers.test.ts',
  },
  { entries: ['jobs/dispatch-payouts'], asks: ['bus publish'], by: 'use-cases/dispatch-payouts.test.ts' },
  {
    entries: ['jobs/erase'],
    asks: ['identity read', 'identity signOut', 'identity delete'],
    by: 'use-cases/erasure/account.test.ts',
  },
  {
    entries: ['jobs/export-training'],
    asks: ['objects putStream training', 'objects getStream models', 'table Query homes', 'table Query energy'],
    by: 'local/workflows/forecast-training.aws.test.ts',
  },
  {
    entries: ['jobs/judge-training'],
    asks: ['objects getStream models'],
    by: 'local/workflows/forecast-training.aws.test.ts',
  },
  {
    entries: ['jobs/start-training'],
    asks: ['trainings start'],
    by: 'local/workflows/forecast-training.aws.test.ts',
  },
  { entries: ['jobs/plan-shard'], asks: ['plans send'], by: 'use-cases/plan/plan-page.test.ts' },
  {
    entries: ['jobs/plan-shard'],
    asks: ['weather hours', 'table UpdateItem operations'],
    by: 'use-cases/forecast/forecast-household.test.ts',
  },
  {
    entries: ['jobs/provisional-results'],
    asks: ['table GetItem homes', 'table GetItem energy', 'table UpdateItem operations', ...READ_AND_WRITE('ledger')],
    by: 'use-cases/saving-events/events.test.ts',
  },
  { entries: ['jobs/publish-aggregates'], asks: ['table Query energy'], by: 'partner/aggregates.test.ts' },
  {
    entries: ['jobs/pull-connectors'],
    asks: ['webhooks send', ...READ_AND_WRITE('homes')],
    by: 'use-cases/connectors/pull.test.ts',
  },
  { entries: ['jobs/send-notices'], asks: ['mailer send'], by: 'use-cases/notices/send.test.ts' },
  { entries: ['jobs/settle-shard'], asks: ['bus publish'], by: 'use-cases/settle-household.test.ts' },
  {
    entries: ['legacy', 'programs', 'resources', 'subscriptions', 'vens'].map((noun) => `partner/openadr/${noun}`),
    asks: ['webhooks send'],
    by: 'partner/openadr/subscriptions.test.ts',
  },
];
