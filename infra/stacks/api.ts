import { CfnOutput, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { contract, type Noun } from '@hems/shared/api/contract';
import type { Auth } from '@hems/shared/api/route';
import type { Construct } from 'constructs';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { HemsFunction } from '../constructs/function.ts';
import { mayOrderGateways } from '../constructs/rule.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { WeatherKey } from '../constructs/weather-key.ts';
import { GRANTED, NOUNS } from './api-nouns.ts';
import type { DataStack } from './data.ts';
import type { IdentityStack } from './identity.ts';
import type { WorkflowsStack } from './workflows.ts';

export type ApiProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly identity: IdentityStack;
  readonly workflows: WorkflowsStack;
  readonly webUrl: string;
  readonly environment: FunctionEnvironment;
};

/** The residents' API: the contract as routes, one function a noun. */
export class ApiStack extends HemsStack {
  readonly api: HttpApi;
  readonly functions: HemsFunction[] = [];
  readonly #weatherKey: WeatherKey;

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
    this.#serve(props.house);
    this.#weatherKey = new WeatherKey(this, 'WeatherKey', props.house);
    const { pool, webClient } = props.identity;
    const signedIn = new HttpJwtAuthorizer('SignedIn', pool.userPoolProviderUrl, {
      jwtAudience: [webClient.userPoolClientId],
    });
    for (const noun of nouns) {
      const answers = this.#functionOf(noun, props);
      this.#route(noun, answers, signedIn);
      this.functions.push(answers);
    }

    new CfnOutput(this, 'Url', { value: this.api.apiEndpoint });
  }

  #serve({ config, operationsKey }: House): void {
    const logGroup = new LogGroup(this, 'AccessLog', {
      encryptionKey: operationsKey,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: config.throttle.rate, burstLimit: config.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }

  #functionOf(noun: Noun, { house, data, workflows, environment }: ApiProps): HemsFunction {
    const { residents, tables, history, commands, runs, weather } = NOUNS[noun];
    const answers = new HemsFunction(this, noun, {
      house,
      entry: `functions/api/${noun}.ts`,
      does: `Answers ${contract[noun].map(({ name }) => name).join(', ')}`,
      environment: {
        ...environment,
        ...(runs && { DAILY_RUN: workflows.dailyRun.arn }),
        ...(weather && { WEATHER_KEY_SECRET: this.#weatherKey.secretArn }),
      },
      logLevel: house.config.logLevel.api,
      timeout: Duration.seconds(10),
      memoryMb: 512,
      hurt: `Residents ${residents}`,
      chapter: 'api-fails',
    });
    for (const name of GRANTED) {
      const access = tables[name];
      if (access) data.tables[name].open(answers, access);
    }
    if (history) data.openHistory(answers, history);
    if (commands) mayOrderGateways(answers);
    if (runs) workflows.dailyRun.open(answers);
    if (weather) this.#weatherKey.open(answers);
    return answers;
  }

  #route(noun: Noun, handler: HemsFunction, signedIn: IHttpRouteAuthorizer): void {
    for (const { name, method, path, auth } of contract[noun]) {
      const routes = this.api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration: new HttpLambdaIntegration(name, handler),
        authorizer: authorizerOf(auth, signedIn),
      });
      if (auth === 'public') for (const route of routes) Validations.of(route).acknowledge(PUBLIC);
    }
  }
}

/** A line per request: no path, address, agent or claim, because each of them can lead to a person. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  responseBytes: '$context.responseLength',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

const PUBLIC = {
  id: 'AwsSolutions-APIG4',
  reason:
    'Public by contract: it computes from published tariffs, holds no household data, and is throttled with the stage.',
};

const nouns = Object.keys(contract).filter((name): name is Noun => name in NOUNS);

const authorizerOf = (auth: Auth, signedIn: IHttpRouteAuthorizer): IHttpRouteAuthorizer =>
  auth === 'public' ? new HttpNoneAuthorizer() : signedIn;
