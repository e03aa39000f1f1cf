import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { displayName } from '@hems/shared/api/account';
import { STAFF_RETURN_URL } from '@hems/shared/client/staff-return';
import { config } from '../config.ts';
import { FoundationStack } from '../stacks/foundation.ts';
import { IdentityStack } from '../stacks/identity.ts';
import { synthesised } from './synthesised.ts';

const { identity, api } = synthesised('prod', 'blocks');

const onTier = (signInTier: 'LITE' | 'ESSENTIALS'): Template => {
  const choice = {
    stage: 'dev',
    telemetryStore: 'blocks',
    ingestMode: 'direct',
    config: { ...config.dev, signInTier },
  } as const;
  const app = new App({ builtinCloudFormationValidation: false });
  const { house } = new FoundationStack(app, choice);
  return Template.fromStack(new IdentityStack(app, { house, webUrl: 'https://app.example' }));
};

describe('user pool', () => {
  it('cannot be deleted by mistake and keeps its logical id, or every resident would have to register again', () => {
    const [[id, pool]] = Object.entries(identity.findResources('AWS::Cognito::UserPool')) as [[string, any]];
    expect(id).toBe('Users0A0EEA89');
    expect(pool).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
  });

  it('knows people by e-mail, asks for twelve characters and allows a code app as second factor', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 12 }) },
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Schema: Match.arrayWith([{ Name: 'email', Required: true, Mutable: true }]),
    });
  });

  it('takes no name that is longer than one that is chosen in the app', () => {
    const [pool] = Object.values(identity.findResources('AWS::Cognito::UserPool')) as [any];
    const name = pool.Properties.Schema.find((one: any) => one.Name === 'name');
    expect(name.StringAttributeConstraints).toEqual({ MinLength: '0', MaxLength: '60' });
    expect(displayName.safeParse('x'.repeat(60)).success).toBe(true);
    expect(displayName.safeParse('x'.repeat(61)).success).toBe(false);
  });

  it('has the groups resident, operator and auditor', () => {
    const names = Object.values(identity.findResources('AWS::Cognito::UserPoolGroup')).map(
      (group) => group.Properties.GroupName,
    );
    expect(names.toSorted()).toEqual(['auditor', 'operator', 'resident']);
  });
});

describe('sign-up', () => {
  it('is bounded for each address, on the pages and on the public operations that send mail, and nothing else is', () => {
    const [[acl, { Properties }]] = Object.entries(identity.findResources('AWS::WAFv2::WebACL')) as [[string, any]];
    expect(Properties).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
    const { Action, Statement } = Properties.Rules.find((one: any) => one.Name === 'sign-up-rate');
    const { ScopeDownStatement, ...rate } = Statement.RateBasedStatement;
    expect([Action, rate]).toEqual([{ Block: {} }, { AggregateKeyType: 'IP', Limit: 100, EvaluationWindowSec: 300 }]);
    const bounded = ScopeDownStatement.OrStatement.Statements.map((one: any) => one.ByteMatchStatement.SearchString);
    expect(bounded).toEqual([
      '/signup',
      '/forgotPassword',
      '/resendcode',
      ...['SignUp', 'ForgotPassword', 'ResendConfirmationCode'].map(
        (name) => `AWSCognitoIdentityProviderService.${name}`,
      ),
    ]);
    identity.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      WebACLArn: { 'Fn::GetAtt': [acl, 'Arn'] },
      ResourceArn: { 'Fn::GetAtt': ['Users0A0EEA89', 'Arn'] },
    });
  });

  it('is, like signing in, for the pages: no token of the public operations can be had, and no account deleted by one', () => {
    const [acl] = Object.values(identity.findResources('AWS::WAFv2::WebACL')) as [any];
    const { Action, Statement } = acl.Properties.Rules.find((one: any) => one.Name === 'pages-only');
    expect(Action).toEqual({ Block: {} });
    const matched = Statement.OrStatement.Statements.map((one: any) => one.ByteMatchStatement);
    expect(matched.map(({ FieldToMatch }: any) => FieldToMatch.SingleHeader.Name)).toEqual([
      'x-amz-target',
      'x-amz-target',
    ]);
    expect(matched.map(({ SearchString }: any) => SearchString)).toEqual(
      ['InitiateAuth', 'DeleteUser'].map((name) => `AWSCognitoIdentityProviderService.${name}`),
    );
  });

  it('asks for a verified e-mail address, and a recovery goes there', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    });
  });
});

describe('web client', () => {
  it('is public: a code with PKCE, no secret, no implicit flow', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
  });

  it('allows no flow of Cognito’s own API but the choice of a first factor, which passkeys of the pages need', () => {
    const flowsOf = (template: Template) =>
      Object.values(template.findResources('AWS::Cognito::UserPoolClient')).map(
        ({ Properties }) => Properties.ExplicitAuthFlows,
      );
    expect(flowsOf(identity)).toEqual([['ALLOW_USER_AUTH'], ['ALLOW_USER_AUTH']]);
    // not empty, which Cognito takes for SRP; without a trigger the custom flow signs nobody in
    expect(flowsOf(onTier('LITE'))).toEqual([['ALLOW_CUSTOM_AUTH'], ['ALLOW_CUSTOM_AUTH']]);
    expect(onTier('LITE').findResources('AWS::Cognito::UserPool')).not.toHaveProperty(
      'Users0A0EEA89.Properties.LambdaConfig',
    );
  });

  it('of staff comes back to their own machine, for a working day, and the API takes both', () => {
    const clients = Object.entries(identity.findResources('AWS::Cognito::UserPoolClient'));
    const staff = clients.find(([id]) => id.includes('Staff'))?.[1].Properties;
    expect(staff).toMatchObject({ CallbackURLs: [STAFF_RETURN_URL], RefreshTokenValidity: 480, GenerateSecret: false });
    api.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: { Audience: [Match.anyValue(), Match.anyValue()] },
    });
  });

  it('holds an access token for five minutes', () => {
    identity.allResourcesProperties('AWS::Cognito::UserPoolClient', {
      AccessTokenValidity: 5,
      IdTokenValidity: 5,
      TokenValidityUnits: Match.objectLike({ AccessToken: 'minutes', IdToken: 'minutes' }),
    });
  });

  it('exchanges each refresh token for a new one', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
    });
  });

  it('lets people set their name and address and nothing else, and reads no more than that', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      WriteAttributes: ['email', 'name'],
      ReadAttributes: ['email', 'email_verified', 'name'],
    });
  });

  it('holds no scope by which a token could change its account', () => {
    const [client] = Object.values(identity.findResources('AWS::Cognito::UserPoolClient'));
    expect(client?.Properties.AllowedOAuthScopes).not.toContain('aws.cognito.signin.user.admin');
  });

  it('comes back to the app and nowhere else', () => {
    onTier('ESSENTIALS').hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: ['https://app.example/signed-in'],
      LogoutURLs: ['https://app.example/'],
    });
    const [client] = Object.values(identity.findResources('AWS::Cognito::UserPoolClient'));
    expect(JSON.stringify(client?.Properties.CallbackURLs)).toContain('DefaultDomain');
  });
});

describe('sign-in tier', () => {
  it('Essentials: managed login with a style for each client, and passkeys', () => {
    const template = onTier('ESSENTIALS');
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      UserPoolTier: 'ESSENTIALS',
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
      WebAuthnUserVerification: 'required',
    });
    const [pool] = Object.values(template.findResources('AWS::Cognito::UserPool')) as [any];
    const [domain] = Object.values(template.findResources('AWS::Cognito::UserPoolDomain')) as [any];
    const [, prefix] = domain.Properties.Domain['Fn::Join'];
    expect(pool.Properties.WebAuthnRelyingPartyID['Fn::Join'][1]).toEqual([
      ...prefix,
      '.auth.ap-northeast-2.amazoncognito.com',
    ]);
    const clients = Object.keys(template.findResources('AWS::Cognito::UserPoolClient'));
    const styled = Object.values(template.findResources('AWS::Cognito::ManagedLoginBranding'));
    expect(styled.map(({ Properties }) => Properties.ClientId.Ref)).toEqual(clients);
  });

  it('Lite: the classic pages, which have neither', () => {
    const template = onTier('LITE');
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 1 });
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      UserPoolTier: 'LITE',
      Policies: { SignInPolicy: Match.absent() },
      WebAuthnRelyingPartyID: Match.absent(),
    });
    template.resourceCountIs('AWS::Cognito::ManagedLoginBranding', 0);
  });
});

describe('accounts', () => {
  const accountActionsOf = (noun: string): string[] => {
    const statements: any[] = Object.values(api.findResources('AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }: any) => Ref.startsWith(`${noun}Role`)))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    return statements
      .flatMap(({ Action }) => [Action].flat())
      .filter((action: string) => action.startsWith('cognito-idp:'));
  };

  it('are read by members, ended by their own person, and deleted by no route', () => {
    expect(accountActionsOf('members')).toEqual(['cognito-idp:AdminGetUser']);
    expect(accountActionsOf('account')).toEqual(['cognito-idp:AdminGetUser', 'cognito-idp:AdminUserGlobalSignOut']);
    expect(JSON.stringify(api.findResources('AWS::IAM::Policy'))).not.toContain('AdminDeleteUser');
  });
});
