import { Duration, Validations } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { openadrContract, type OpenadrNoun, type OpenadrRoute } from '@hems/shared/openadr/contract';
import {
  OPENADR_SCOPES,
  RESOURCE_SERVER,
  SCOPES_OF,
  scopeInToken,
  type OpenadrRole,
} from '@hems/shared/openadr/scopes';
import { Construct } from 'constructs';
import type { DataStack } from '../stacks/data.ts';
import type { IdentityStack } from '../stacks/identity.ts';
import type { FunctionEnvironment } from './environment.ts';
import { HemsFunction } from './function.ts';
import { maySay } from './grants.ts';
import { serveHttp } from './http-stage.ts';
import type { House } from './house.ts';
import type { PartnerQueue } from './partner-queue.ts';

export type OpenadrApiProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly identity: IdentityStack;
  readonly bus: CfnEventBus;
  readonly calls: PartnerQueue;
  readonly environment: FunctionEnvironment;
};

/** A line per request: no path, address, agent or claim. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  authorizerError: '$context.authorizer.error',
} as const;
/** Of all partners together; each client has its own limit in the handler. */
const THROTTLE = { rate: 100, burst: 200 };
/** Objects of OpenADR are deleted for good, with the order in which they are due. Of 2.0b nothing is deleted but what was owed and is told. */
const forgottenBy = (noun: OpenadrNoun): string[] => {
  if (noun === 'legacy') return ['OPENADR-OWED'];
  const own = ['PARTNER#', 'OPENADR-OWED'];
  // an event that is deleted is not dispatched any more
  return noun === 'events' ? [...own, 'OPENADR-DUE'] : own;
};

/** OpenADR 3.1.0 for partners that sign in as programs: OAuth 2 client credentials of the user pool's resource server. */
export class OpenadrApi extends Construct {
  readonly api: HttpApi;
  readonly #props: OpenadrApiProps;

  constructor(scope: Construct, id: string, props: OpenadrApiProps) {
    super(scope, id);
    this.#props = props;
    this.api = new HttpApi(this, 'Http', { createDefaultStage: false });
    serveHttp(this, { house: props.house, api: this.api, throttle: THROTTLE, accessLog: ACCESS_LOG });
    const authorizer = new HttpJwtAuthorizer('Client', props.identity.pool.userPoolProviderUrl, {
      jwtAudience: this.#clients().map(({ userPoolClientId }) => userPoolClientId),
    });
    for (const noun of nouns) {
      const answers = this.#functionOf(noun);
      const integration = new HttpLambdaIntegration(noun, answers, { scopePermissionToRoute: false });
      for (const route of openadrContract[noun]) this.#route(route, integration, authorizer);
    }
  }

  /** Each client has the scopes of its role. Which partner it is of is entered by `hems openadr-client`. */
  #clients(): cognito.UserPoolClient[] {
    const { identity, house } = this.#props;
    const scopes = OPENADR_SCOPES.map(
      (scopeName) => new cognito.ResourceServerScope({ scopeName, scopeDescription: `OpenADR 3: ${scopeName}` }),
    );
    const server = new cognito.UserPoolResourceServer(this, 'Scopes', {
      userPool: identity.pool,
      identifier: RESOURCE_SERVER,
      scopes,
    });
    const scopesOf = (role: OpenadrRole) =>
      scopes
        .filter(({ scopeName }) => SCOPES_OF[role].some((one) => one === scopeName))
        .map((scope) => cognito.OAuthScope.resourceServer(server, scope));
    return house.config.partners.flatMap(({ partnerId, openadr }) =>
      openadr === undefined
        ? []
        : [
            new cognito.UserPoolClient(this, `Client-${partnerId}`, {
              userPool: identity.pool,
              generateSecret: true,
              oAuth: { flows: { clientCredentials: true }, scopes: scopesOf(openadr) },
              accessTokenValidity: Duration.minutes(60),
              enableTokenRevocation: true,
            }),
          ],
    );
  }

  #functionOf(noun: OpenadrNoun): HemsFunction {
    const { house, data, bus, calls, identity, environment } = this.#props;
    const answers = new HemsFunction(this, noun, {
      house,
      watchedBy: 'itself',
      entry: `functions/partner/openadr/${noun}.ts`,
      does: `OpenADR 3: ${openadrContract[noun].map(({ operation }) => operation).join(', ')}`,
      environment: {
        ...environment,
        ...this.#told(noun),
        ...(noun === 'service' && { OPENADR_TOKEN_URL: `${identity.signInUrl}/oauth2/token` }),
      },
      logLevel: house.config.logLevel.api,
      timeout: Duration.seconds(20),
      memoryMb: 512,
      hurt: 'Aggregators cannot call homes or hear of them by OpenADR.',
      chapter: 'partner-api-fails',
    });
    data.tables.operations.open(answers, 'readWrite');
    if (noun === 'service') return answers;
    data.tables.operations.forget(answers, forgottenBy(noun));
    calls.mayTell(answers);
    if (noun === 'events') maySay(answers, bus);
    if (noun === 'subscriptions') data.personal.open(answers, ['open', 'make']);
    return answers;
  }

  #told(noun: OpenadrNoun) {
    const { data, bus, calls } = this.#props;
    if (noun === 'service') return {};
    return {
      ...calls.environment,
      ...(noun === 'events' && { EVENT_BUS: bus.name }),
      ...(noun === 'subscriptions' && data.personal.environment),
    };
  }

  #route(
    { method, path, scopes }: OpenadrRoute,
    integration: HttpLambdaIntegration,
    authorizer: HttpJwtAuthorizer,
  ): void {
    const routes = this.api.addRoutes({
      path,
      methods: [HttpMethod[method]],
      integration,
      ...(scopes === null
        ? { authorizer: new HttpNoneAuthorizer() }
        : { authorizer, authorizationScopes: scopes.map(scopeInToken) }),
    });
    if (scopes === null)
      for (const route of routes)
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason: 'OpenADR 3: whoever has no token yet asks here where to get one.',
        });
  }
}

const nouns = Object.keys(openadrContract).filter((name): name is OpenadrNoun => name in openadrContract);
