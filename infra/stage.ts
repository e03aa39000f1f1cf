import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { config } from './config.ts';
import type { FunctionEnvironment } from './constructs/environment.ts';
import type { Choice } from './constructs/house.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { DevicesStack } from './stacks/devices.ts';
import { FilesStack } from './stacks/files.ts';
import { ForecastStack } from './stacks/forecast.ts';
import { FoundationStack } from './stacks/foundation.ts';
import { IdentityStack } from './stacks/identity.ts';
import { IngestStack } from './stacks/ingest.ts';
import { NotificationsStack } from './stacks/notifications.ts';
import { OpenadrStack } from './stacks/openadr.ts';
import { OpsStack } from './stacks/ops.ts';
import { PartnerStack } from './stacks/partner.ts';
import { PlanningStack } from './stacks/planning.ts';
import { PrivacyStack } from './stacks/privacy.ts';
import { WebStack } from './stacks/web.ts';
import { WorkflowsStack } from './stacks/workflows.ts';

/** One deployment of the whole: the stacks in the order in which they rest on each other. */
export const hemsStage = (scope: Construct, chosen: Omit<Choice, 'config'>) => {
  const whole = new Stage(scope, nameOf(chosen));
  const foundation = new FoundationStack(whole, { ...chosen, config: config[chosen.stage] });
  const { house } = foundation;
  const data = new DataStack(whole, house);
  const web = new WebStack(whole, { house, objectsHost: data.objects.bucketRegionalDomainName });
  const identity = new IdentityStack(whole, { house, webUrl: web.url });
  const environment = environmentOf(data);
  const devices = new DevicesStack(whole, { house, data, bus: foundation.bus, environment });
  const ingest = new IngestStack(whole, { house, data, bus: foundation.bus, environment });
  const workflows = new WorkflowsStack(whole, {
    house,
    data,
    ingest,
    bus: foundation.bus,
    weatherKey: foundation.weatherKey,
    environment,
  });
  const forecast = new ForecastStack(whole, { house, data, environment });
  const privacy = new PrivacyStack(whole, { house, data, identity, devices, bus: foundation.bus, environment });
  const files = new FilesStack(whole, { house, data, environment });
  const partner = new PartnerStack(whole, { house, data, bus: foundation.bus, environment });
  const openadr = new OpenadrStack(whole, {
    house,
    data,
    identity,
    bus: foundation.bus,
    calls: partner.calls,
    environment,
  });
  const api = new ApiStack(whole, {
    house,
    data,
    bus: foundation.bus,
    channels: foundation.channels,
    weatherKey: foundation.weatherKey,
    identity,
    devices,
    workflows,
    privacy,
    files,
    partner,
    webUrl: web.url,
    environment,
  });
  const planning = new PlanningStack(whole, { house, data, weatherKey: foundation.weatherKey, environment });
  const notifications = new NotificationsStack(whole, {
    house,
    data,
    bus: foundation.bus,
    channels: foundation.channels,
    webUrl: web.url,
    apiUrl: api.api.apiEndpoint,
    environment,
  });
  const ops = new OpsStack(whole, { house, data, ingest, workflows, api, partner, openadr, environment });
  return {
    whole,
    foundation,
    data,
    web,
    identity,
    devices,
    ingest,
    workflows,
    forecast,
    privacy,
    files,
    api,
    planning,
    notifications,
    partner,
    openadr,
    ops,
  };
};

/** `direct` goes without saying. */
const nameOf = ({ stage, telemetryStore, ingestMode }: Omit<Choice, 'config'>): string =>
  [stage, telemetryStore, ...(ingestMode === 'direct' ? [] : [ingestMode])].join('-');

const environmentOf = ({ house, tables, history }: DataStack): FunctionEnvironment => ({
  STAGE: house.stage,
  TABLE_HOMES: tables.homes.tableName,
  TABLE_ENERGY: tables.energy.tableName,
  TABLE_HISTORY: tables.history.tableName,
  TABLE_OPERATIONS: tables.operations.tableName,
  TABLE_LEDGER: tables.ledger.tableName,
  TABLE_COMMUNITY: tables.community.tableName,
  TABLE_PEOPLE: tables.people.tableName,
  TELEMETRY_STORE: house.telemetryStore,
  ...(history && {
    TIMESTREAM_DATABASE: history.databaseName,
    TIMESTREAM_TABLE: history.tables.electrical.attrName,
    TIMESTREAM_ENVIRONMENT_TABLE: history.tables.environment.attrName,
  }),
});
