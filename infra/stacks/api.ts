import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { contract, type Noun } from '@hems/shared/api/contract';
import type { Route } from '@hems/shared/api/route';
import type { Auth } from '@hems/shared/api/route';
import type { Construct } from 'constructs';
import type { Channels } from '../constructs/channels.ts';
import type { FunctionEnvironment, MoreEnvironment } from '../constructs/environment.ts';
import { forecastEnvironment, mayForecast } from '../constructs/forecasts.ts';
import { HemsFunction } from '../constructs/function.ts';
import { mayKeepGateways } from '../constructs/gateways.ts';
import { mayOrderGateways } from '../constructs/rule.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import { maySay } from '../constructs/grants.ts';
import type { Folder } from '../constructs/objects-bucket.ts';
import type { TableName } from '../constructs/table.ts';
import { serveHttp } from '../constructs/http-stage.ts';
import type { House } from '../constructs/house.ts';
import type { WeatherKey } from '../constructs/weather-key.ts';
import { GRANTED, NOUNS, type NounGrants } from './api-nouns.ts';
import type { DataStack } from './data.ts';
import type { DevicesStack } from './devices.ts';
import { mayUseAccounts, type IdentityStack } from './identity.ts';
import type { FilesStack } from './files.ts';
import type { PartnerStack } from './partner.ts';
import type { PrivacyStack } from './privacy.ts';
import type { WorkflowsStack } from './workflows.ts';

export type ApiProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly channels: Channels;
  readonly weatherKey: WeatherKey;
  readonly identity: IdentityStack;
  readonly devices: DevicesStack;
  readonly workflows: WorkflowsStack;
  readonly privacy: PrivacyStack;
  readonly files: FilesStack;
  readonly partner: PartnerStack;
  readonly webUrl: string;
  readonly environment: FunctionEnvironment;
};

/** The residents' API: the contract as routes, one function a noun. */
export class ApiStack extends HemsStack {
  readonly api: HttpApi;
  readonly functions: HemsFunction[] = [];

  constructor(scope: Construct, props: ApiProps) {
    super(scope, 'api', { choice: props.house, holds: 'residents’ API' });
    this.api = new HttpApi(this, 'Http', {
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [props.webUrl],
        allowHeaders: ['authorization', 'content-type'],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
        maxAge: Duration.hours(1),
      },
    });
    serveHttp(this, {
      house: props.house,
      api: this.api,
      throttle: props.house.config.throttle,
      accessLog: ACCESS_LOG,
    });
    const { pool, webClient, staffClient } = props.identity;
    const signedIn = new HttpJwtAuthorizer('SignedIn', pool.userPoolProviderUrl, {
      jwtAudience: [webClient.userPoolClientId, staffClient.userPoolClientId],
    });
    for (const noun of nouns) {
      const answers = this.#functionOf(noun, props);
      this.#route(noun, answers, signedIn);
      this.functions.push(answers);
    }

    new CfnOutput(this, 'Url', { value: this.api.apiEndpoint });
  }

  #functionOf(noun: Noun, props: ApiProps): HemsFunction {
    const { house, environment } = props;
    const answers = new HemsFunction(this, noun, {
      house,
      entry: `functions/api/${noun}.ts`,
      does: `Answers ${contract[noun].map(({ name }) => name).join(', ')}`,
      environment: { ...environment, ...this.#told(NOUNS[noun], props) },
      logLevel: house.config.logLevel.api,
      timeout: Duration.seconds(10),
      // until a model is in force, whoever forecasts loads one of half a megabyte and computes by itself
      memoryMb: NOUNS[noun].forecasts ? 1769 : 512,
      watchedBy: 'AnswersBudget',
    });
    openTables(noun, answers, props.data);
    this.#open(NOUNS[noun], answers, props);
    return answers;
  }

  /** What a noun has to be told to use what it is granted. */
  #told(grants: NounGrants, props: ApiProps): MoreEnvironment {
    const { data, bus, identity, devices, workflows, privacy, files, partner, channels, webUrl } = props;
    const told: Partial<Record<keyof NounGrants, MoreEnvironment>> = {
      personal: data.personal.environment,
      // who writes to it is told whether rules do so too
      ...(grants.history === 'write' && { history: { INGEST_MODE: props.house.ingestMode } }),
      accounts: { USER_POOL: identity.pool.userPoolId },
      says: { EVENT_BUS: bus.name },
      mails: { MAIL_FROM: channels.mailFrom, WEB_URL: webUrl },
      pushes: { PUSH_KEYS_SECRET: channels.pushKeysSecret, WEB_URL: webUrl },
      gateways: { GATEWAY_POLICY: devices.policyName },
      files: {
        OBJECTS: data.objects.bucketName,
        ...(grants.files === 'exports' && { FILES_QUEUE: files.queueUrl }),
      },
      runs: { DAILY_RUN: workflows.dailyRun.arn },
      erases: { ERASURE: privacy.erasure.arn },
      forecasts: forecastEnvironment(props.house.stage),
      tells: partner.calls.environment,
      weather: { WEATHER_KEY_SECRET: props.weatherKey.secretArn },
    };
    return Object.fromEntries(
      GRANT_NAMES.flatMap((name) => (grants[name] === undefined ? [] : Object.entries(told[name] ?? {}))),
    );
  }

  #open(grants: NounGrants, answers: HemsFunction, props: ApiProps): void {
    const { data, bus, identity, workflows, privacy, files, partner, channels } = props;
    const { history, accounts, files: kind } = grants;
    const opening: Partial<Record<keyof NounGrants, () => void>> = {
      history: () => data.openHistory(answers, history ?? 'read'),
      commands: () => mayOrderGateways(answers),
      runs: () => workflows.dailyRun.open(answers),
      erases: () => privacy.erasure.open(answers),
      weather: () => props.weatherKey.open(answers),
      forecasts: () => mayForecast(answers, props.house.stage),
      files: () => kind && letGiveLinks(answers, kind, { data, files }),
      personal: () => data.personal.open(answers, grants.personal ?? []),
      accounts: () => accounts && mayUseAccounts(answers, identity.pool, accounts),
      says: () => maySay(answers, bus),
      mails: () => channels.mayMail(answers),
      pushes: () => channels.mayReadPushKeys(answers),
      tells: () => partner.calls.mayTell(answers),
      forgets: () => data.tables.operations.forget(answers, grants.forgets ?? []),
      gateways: () => mayKeepGateways({ grantee: answers, role: answers.role ?? answers }),
    };
    for (const name of GRANT_NAMES) if (grants[name] !== undefined) opening[name]?.();
  }

  #route(noun: Noun, handler: HemsFunction, signedIn: IHttpRouteAuthorizer): void {
    // one for all routes of the noun: a stack holds 500 resources
    const integration = new HttpLambdaIntegration(noun, handler, { scopePermissionToRoute: false });
    for (const { name, method, path, auth } of contract[noun]) {
      const routes = this.api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        authorizer: authorizerOf(auth, signedIn),
      });
      if (auth === 'public') for (const route of routes) Validations.of(route).acknowledge(publicBecause(name));
    }
  }
}

/** In the order in which the policies have them. */
const GRANT_NAMES = [
  'history',
  'commands',
  'runs',
  'erases',
  'weather',
  'forecasts',
  'files',
  'personal',
  'accounts',
  'says',
  'mails',
  'pushes',
  'gateways',
  'tells',
  'forgets',
] as const satisfies readonly (keyof NounGrants)[];

const openTables = (noun: Noun, answers: HemsFunction, data: DataStack): void => {
  const admission = contract[noun].flatMap(readByAdmission);
  for (const name of GRANTED) {
    const access = NOUNS[noun].tables[name] ?? (admission.includes(name) ? 'read' : undefined);
    if (access) data.tables[name].open(answers, access);
  }
};

/** Behind a sign-in: since when the person's tokens count; of a household that the path names also membership and proof of residence. */
const readByAdmission = ({ auth, path }: Route): TableName[] => {
  if (auth === 'public') return [];
  return auth === 'resident' && path.includes('{householdId}') ? ['homes', 'people'] : ['people'];
};

/** A line per request: no path, address, agent or claim, because each of them can lead to a person. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  // `function_request_id` of every line that its function writes
  functionRequestId: '$context.integration.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  responseBytes: '$context.responseLength',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
} as const;

/** Why a route is open to everybody; it is throttled with the stage. */
const PUBLIC: Readonly<Record<string, string>> = {
  readErasure:
    'Public by contract: who was erased cannot sign in. The receipt names nobody, and its id has 128 random bits.',
};
const publicBecause = (route: string) => ({
  id: 'AwsSolutions-APIG4',
  reason: PUBLIC[route] ?? 'Public by contract: it computes from published tariffs and holds no household data.',
});

const nouns = Object.keys(contract).filter((name): name is Noun => name in NOUNS);

const authorizerOf = (auth: Auth, signedIn: IHttpRouteAuthorizer): IHttpRouteAuthorizer =>
  auth === 'public' ? new HttpNoneAuthorizer() : signedIn;

/** A link may do what the function that signs it may. */
const letGiveLinks = (
  answers: HemsFunction,
  folder: Folder,
  { data, files }: Pick<ApiProps, 'data' | 'files'>,
): void => {
  data.objects.open(answers, folder, folder === 'imports' ? 'write' : 'read');
  if (folder === 'exports') files.mayAsk(answers);
};
