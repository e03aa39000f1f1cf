import { CfnOutput, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { signInDomainPrefix } from '../constructs/web-headers.ts';

const GROUPS = { Resident: 'resident', Operator: 'operator', Auditor: 'auditor' } as const;

export type IdentityProps = { readonly house: House; readonly webUrl: string };

/** Who may sign in, and how. Names of users, their e-mail as user name and required attributes cannot change later. */
export class IdentityStack extends HemsStack {
  readonly pool: cognito.UserPool;
  readonly webClient: cognito.UserPoolClient;

  constructor(scope: Construct, { house, webUrl }: IdentityProps) {
    super(scope, 'identity', { choice: house, holds: 'user pool' });
    const managed = house.config.signInTier === 'ESSENTIALS';
    this.pool = this.#userPool(managed);
    this.webClient = this.#client(webUrl, managed);
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: signInDomainPrefix(this) },
      managedLoginVersion: managed
        ? cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN
        : cognito.ManagedLoginVersion.CLASSIC_HOSTED_UI,
    });
    for (const [id, groupName] of Object.entries(GROUPS)) this.pool.addGroup(id, { groupName });

    new CfnOutput(this, 'UserPoolId', { value: this.pool.userPoolId });
    new CfnOutput(this, 'Issuer', { value: this.pool.userPoolProviderUrl });
    new CfnOutput(this, 'WebClientId', { value: this.webClient.userPoolClientId });
    new CfnOutput(this, 'SignInUrl', { value: domain.baseUrl() });
  }

  #userPool(managed: boolean): cognito.UserPool {
    const pool = new cognito.UserPool(this, 'Users', {
      featurePlan: managed ? cognito.FeaturePlan.ESSENTIALS : cognito.FeaturePlan.LITE,
      // a new account belongs to no household, so it opens nothing
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true }, fullname: { required: false, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      ...(managed && { signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } } }),
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason:
          'A resident chooses; a second factor for everyone would shut out those without a smartphone. Operators are asked for one.',
      },
      { id: 'AwsSolutions-COG3', reason: 'Threat protection needs the Plus tier: docs/adr/0005-sign-in-tier.md.' },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The Plus tier costs $0.02 a user from the first on: docs/adr/0005-sign-in-tier.md.',
      },
    );
    return pool;
  }

  /** The browser's client: code with PKCE, no secret, an access token that lives as long as a revoked session may. */
  #client(webUrl: string, managed: boolean): cognito.UserPoolClient {
    const client = this.pool.addClient('Web', {
      generateSecret: false,
      authFlows: managed ? { userSrp: true, user: true } : { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
        scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL, cognito.OAuthScope.PROFILE],
        callbackUrls: [`${webUrl}/signed-in`],
        logoutUrls: [`${webUrl}/`],
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: Duration.days(30),
      // each is used once; the grace is for an answer that got lost
      refreshTokenRotationGracePeriod: Duration.seconds(30),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
    });
    // without a style the page of managed login answers with an error
    if (managed)
      new cognito.CfnManagedLoginBranding(this, 'WebLoginStyle', {
        userPoolId: this.pool.userPoolId,
        clientId: client.userPoolClientId,
        useCognitoProvidedValues: true,
      });
    return client;
  }
}
