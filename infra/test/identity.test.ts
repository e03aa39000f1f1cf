import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { config } from '../config.ts';
import { FoundationStack } from '../stacks/foundation.ts';
import { IdentityStack } from '../stacks/identity.ts';
import { synthesised } from './synthesised.ts';

const { identity } = synthesised('prod', 'blocks');

const onTier = (signInTier: 'LITE' | 'ESSENTIALS'): Template => {
  const choice = { stage: 'dev', telemetryStore: 'blocks', config: { ...config.dev, signInTier } } as const;
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

  it('knows people by e-mail, asks for twelve characters and offers a code app as second factor', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 12 }) },
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Schema: Match.arrayWith([{ Name: 'email', Required: true, Mutable: true }]),
    });
  });

  it('has the groups resident, operator and auditor', () => {
    const names = Object.values(identity.findResources('AWS::Cognito::UserPoolGroup')).map(
      (group) => group.Properties.GroupName,
    );
    expect(names.toSorted()).toEqual(['auditor', 'operator', 'resident']);
  });
});

describe('web client', () => {
  it('is public: a code with PKCE, no secret, no implicit flow, no password flow', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      ExplicitAuthFlows: Match.not(Match.arrayWith(['ALLOW_USER_PASSWORD_AUTH'])),
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
  });

  it('holds an access token for five minutes', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AccessTokenValidity: 5,
      IdTokenValidity: 5,
      TokenValidityUnits: Match.objectLike({ AccessToken: 'minutes', IdToken: 'minutes' }),
    });
  });

  it('exchanges each refresh token for a new one', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
      ExplicitAuthFlows: Match.not(Match.arrayWith(['ALLOW_REFRESH_TOKEN_AUTH'])),
    });
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
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      ExplicitAuthFlows: Match.arrayWith(['ALLOW_USER_AUTH']),
    });
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
    });
    template.resourceCountIs('AWS::Cognito::ManagedLoginBranding', 0);
  });
});
