import { CfnOutput, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { STAFF_RETURN_URL } from '@hems/shared/client/staff-return';
import type { Construct } from 'constructs';
import { allow } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { SignUpGuard } from '../constructs/sign-up-guard.ts';
import { signInDomainPrefix } from '../constructs/web-headers.ts';

/** What a person says of themselves. Groups, like whether an address was verified, are not theirs to set. */
const OWN = { email: true, fullname: true } as const;
/** As long as a name that is chosen in the app: it is written into mails to other people. */
const NAME_MAX = '60';
const GROUPS = { Resident: 'resident', Operator: 'operator', Auditor: 'auditor' } as const;

type ClientProps = {
  readonly managed: boolean;
  readonly returnUrl: string;
  readonly signedOutUrl?: string;
  /** until somebody has to sign in again */
  readonly staysFor: Duration;
};

export type IdentityProps = { readonly house: House; readonly webUrl: string };

/** Who may sign in, and how. Names of users, their e-mail as user name and required attributes cannot change later. */
export class IdentityStack extends HemsStack {
  readonly pool: cognito.UserPool;
  readonly webClient: cognito.UserPoolClient;
  /** of the command line of staff */
  readonly staffClient: cognito.UserPoolClient;
  /** where the pool's own pages and endpoints are */
  readonly signInUrl: string;

  constructor(scope: Construct, { house, webUrl }: IdentityProps) {
    super(scope, 'identity', { choice: house, holds: 'user pool' });
    const managed = house.config.signInTier === 'ESSENTIALS';
    this.pool = this.#userPool(managed);
    const browser = {
      managed,
      returnUrl: `${webUrl}/signed-in`,
      signedOutUrl: `${webUrl}/`,
      staysFor: Duration.days(30),
    };
    this.webClient = this.#client('Web', browser);
    // the same browser and pages; the code comes back to the machine of whoever works
    const terminal = { managed, returnUrl: STAFF_RETURN_URL, staysFor: Duration.hours(8) };
    this.staffClient = this.#client('Staff', terminal);
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: signInDomainPrefix(this) },
      managedLoginVersion: managed
        ? cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN
        : cognito.ManagedLoginVersion.CLASSIC_HOSTED_UI,
    });
    for (const [id, groupName] of Object.entries(GROUPS)) this.pool.addGroup(id, { groupName });
    new SignUpGuard(this, 'SignUpGuard', this.pool);

    new CfnOutput(this, 'UserPoolId', { value: this.pool.userPoolId });
    new CfnOutput(this, 'Issuer', { value: this.pool.userPoolProviderUrl });
    new CfnOutput(this, 'WebClientId', { value: this.webClient.userPoolClientId });
    new CfnOutput(this, 'StaffClientId', { value: this.staffClient.userPoolClientId });
    this.signInUrl = domain.baseUrl();
    new CfnOutput(this, 'SignInUrl', { value: this.signInUrl });
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
      ...(managed && {
        signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
        // a passkey belongs to this name for ever: with another domain everybody would have to register theirs again
        passkeyRelyingPartyId: `${signInDomainPrefix(this)}.auth.${this.region}.amazoncognito.com`,
        passkeyUserVerification: cognito.PasskeyUserVerification.REQUIRED,
      }),
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    limitName(pool);
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason:
          'It holds for the whole pool or for nobody, not for a group, and would shut out residents without a smartphone. Staff: docs/adr/0005-sign-in-tier.md.',
      },
      { id: 'AwsSolutions-COG3', reason: 'Threat protection needs the Plus tier: docs/adr/0005-sign-in-tier.md.' },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The Plus tier costs $0.02 a user from the first on: docs/adr/0005-sign-in-tier.md.',
      },
    );
    return pool;
  }

  /** A client without a secret: code with PKCE, an access token that lives as long as a revoked session may. */
  #client(id: string, { managed, returnUrl, signedOutUrl, staysFor }: ClientProps): cognito.UserPoolClient {
    const client = this.pool.addClient(id, {
      generateSecret: false,
      // Whoever signs in by Cognito's API gets a token that changes and deletes its account, whatever the scopes below. The pages offer
      // passkeys only where the choice of a first factor is allowed; `InitiateAuth` is closed at the pool (SignUpGuard). On Lite the list
      // may not be empty, or Cognito takes SRP: a custom flow without a trigger signs nobody in.
      authFlows: managed ? { user: true } : { custom: true },
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
        scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL, cognito.OAuthScope.PROFILE],
        callbackUrls: [returnUrl],
        ...(signedOutUrl !== undefined && { logoutUrls: [signedOutUrl] }),
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      // by default a client may read and write every standard attribute: addresses, numbers and birthdays that nobody asked for
      readAttributes: new cognito.ClientAttributes().withStandardAttributes({ ...OWN, emailVerified: true }),
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes(OWN),
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: staysFor,
      // each is used once; the grace is for an answer that got lost
      refreshTokenRotationGracePeriod: Duration.seconds(30),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
    });
    // without a style the page of managed login answers with an error
    if (managed)
      new cognito.CfnManagedLoginBranding(this, `${id}LoginStyle`, {
        userPoolId: this.pool.userPoolId,
        clientId: client.userPoolClientId,
        useCognitoProvidedValues: true,
      });
    return client;
  }
}

/** The construct has no word for it. */
const limitName = (pool: cognito.UserPool): void => {
  const cfn = pool.node.defaultChild;
  if (!(cfn instanceof cognito.CfnUserPool) || !Array.isArray(cfn.schema)) throw new Error('the pool has no schema');
  const at = cfn.schema.findIndex((one) => 'name' in one && one.name === 'name');
  cfn.addPropertyOverride(`Schema.${at}.AttributeDataType`, 'String');
  cfn.addPropertyOverride(`Schema.${at}.StringAttributeConstraints`, { MinLength: '0', MaxLength: NAME_MAX });
};

const READ = 'cognito-idp:AdminGetUser';
const ACCOUNT_ACTIONS = { read: [READ], endSessions: [READ, 'cognito-idp:AdminUserGlobalSignOut'] };
export type AccountAccess = keyof typeof ACCOUNT_ACTIONS;

/** To read an account, or to end its sessions as well; deleting it is the erasure's (`stacks/privacy.ts`). */
export const mayUseAccounts = (grantee: IGrantable, pool: cognito.UserPool, access: AccountAccess): void =>
  allow(grantee, { actions: ACCOUNT_ACTIONS[access], on: [pool.userPoolArn] });
