import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { identityContract } from '../contract/identity.contract.ts';
import { cognitoIdentity } from './identity.ts';
import { motoClient } from './moto-client.ts';

const config = motoClient(process.env['MOTO_URL']);
const client = new CognitoIdentityProviderClient(config);
const PASSWORD = 'Correct-horse-1';

identityContract('Cognito', async () => {
  const pool = await client.send(
    new CreateUserPoolCommand({
      PoolName: 'users',
      UsernameAttributes: ['email'],
      Schema: [{ Name: 'name', AttributeDataType: 'String', Mutable: true }],
    }),
  );
  const UserPoolId = pool.UserPool?.Id ?? '';
  const flows = ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const;
  const app = await client.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ExplicitAuthFlows: [...flows] }),
  );
  const ClientId = app.UserPoolClient?.ClientId ?? '';
  return {
    identity: cognitoIdentity(UserPoolId, config),
    addPerson: async ({ email, name }) => {
      const made = await client.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: email,
          MessageAction: 'SUPPRESS',
          UserAttributes: [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
            { Name: 'name', Value: name },
          ],
        }),
      );
      const Username = made.User?.Username ?? '';
      await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }));
      return Username;
    },
    signIn: async (sub) => {
      const { AuthenticationResult: tokens } = await client.send(
        new AdminInitiateAuthCommand({
          UserPoolId,
          ClientId,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: sub, PASSWORD },
        }),
      );
      const REFRESH_TOKEN = tokens?.RefreshToken ?? '';
      return async () => {
        const renewal = new InitiateAuthCommand({
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN },
        });
        try {
          await client.send(renewal);
          return true;
        } catch (error) {
          if (error instanceof NotAuthorizedException || error instanceof UserNotFoundException) return false;
          // moto fails with a page of its own where Cognito refuses the token of a deleted account
          if (error instanceof SyntaxError) return false;
          throw error;
        }
      };
    },
  };
});
