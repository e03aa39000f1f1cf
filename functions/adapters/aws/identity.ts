import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Identity } from '../../ports/identity.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

const unlessGone = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
};

/** `Identity` on a Cognito user pool, whose user names are the subjects. */
export const cognitoIdentity = (userPoolId: string, config: CognitoIdentityProviderClientConfig = {}): Identity => {
  const client = new CognitoIdentityProviderClient({ ...SHORT_TIMEOUTS, ...config });
  const of = (sub: string) => ({ UserPoolId: userPoolId, Username: sub });
  return {
    read: async (sub) => {
      const found = await unlessGone(client.send(new AdminGetUserCommand(of(sub))));
      if (!found) return undefined;
      const attribute = new Map(found.UserAttributes?.map(({ Name, Value }) => [Name, Value]));
      const name = attribute.get('name');
      return {
        sub,
        email: attribute.get('email') ?? '',
        emailVerified: attribute.get('email_verified') === 'true',
        ...(name !== undefined && { name }),
      };
    },
    signOut: async (sub) => void (await unlessGone(client.send(new AdminUserGlobalSignOutCommand(of(sub))))),
    delete: async (sub) => void (await unlessGone(client.send(new AdminDeleteUserCommand(of(sub))))),
  };
};
