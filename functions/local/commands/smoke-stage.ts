import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { localDate } from '@hems/models/calendar/seoul';
import { batchRule, commandResultRule, HISTORY_RULES, readingRule } from '@hems/shared/events/rules';
import { topicOf } from '@hems/shared/events/topics';
import { confirmedSubscribers, isRuleEnabled, publishAsOperator } from '../../adapters/aws/deploy-probes.ts';
import { dynamoTable } from '../../adapters/aws/table.ts';
import { listQuarantine } from '../../use-cases/stores/quarantine.ts';
import { readOutputs, webConfig, type StageOutputs } from './deploy-outputs.ts';
import {
  apiIsShut,
  appIsConfigured,
  readingArrives,
  rulesAreOn,
  runChecks,
  signInOpens,
  someoneIsCalled,
  type Check,
  type TestReading,
} from './smoke-checks.ts';

type Where = { readonly region: string; readonly stage: string };

/** A `batch` of no household: the raw history takes no `batch`, so it ends in the quarantine and nowhere else. */
const testReading = (region: string, { data }: StageOutputs): TestReading => {
  const gateway = `smoke-${randomBytes(6).toString('hex')}`;
  const table = dynamoTable(data.Tables, { config: { region } });
  return {
    publish: () => publishAsOperator(region, topicOf({ household: 'smoke', gateway }, 'batch'), '{"smoke":true}'),
    arrived: async () => {
      const { entries } = await listQuarantine(table, { date: localDate(Date.now()), limit: 1000 });
      return entries.some(({ event }) => event.gateway === gateway);
    },
    pause,
  };
};

const checksOf = (region: string, outputs: StageOutputs): Check[] => {
  const { foundation, web, identity, api } = outputs;
  const history = foundation.TelemetryStore === 'timestream' ? HISTORY_RULES.map(({ rule }) => rule) : [];
  const rules = [readingRule, batchRule, commandResultRule, ...history].map(({ name }) => name);
  return [
    apiIsShut(api.Url),
    appIsConfigured(web.Url, webConfig(outputs)),
    signInOpens({
      issuer: identity.Issuer,
      signInUrl: identity.SignInUrl,
      clientId: identity.WebClientId,
      webUrl: web.Url,
    }),
    rulesAreOn(rules, (name) => isRuleEnabled(region, name)),
    readingArrives(testReading(region, outputs)),
    someoneIsCalled(foundation.OperationsTopic, () => confirmedSubscribers(region, foundation.OperationsTopic)),
  ];
};

/** Whether a deployed stage does what its residents need; the exit code. */
export const smokeStage = async ({ region, stage }: Where): Promise<number> => {
  const outputs = await readOutputs({ region, stage });
  const outcomes = await runChecks(checksOf(region, outputs));
  for (const { what, ok, detail } of outcomes) console.log(`${ok ? 'ok    ' : 'FAILED'}  ${what}: ${detail}`);
  return outcomes.every(({ ok }) => ok) ? 0 : 1;
};
