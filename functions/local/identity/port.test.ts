import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { identityContract } from '../../adapters/contract/identity.contract.ts';
import { redeem, signIn } from '../commands/sign-in.ts';
import { aFrontDoor, type TestFrontDoor } from '../testing/front-door.ts';

const PASSWORD = 'Correct-horse-1';

let door: TestFrontDoor;
beforeAll(async () => {
  door = await aFrontDoor();
});
afterAll(async () => await door.close());

identityContract('local provider', async () => {
  const addresses = new Map<string, string>();
  return {
    identity: door.identity.port,
    addPerson: async ({ email, name }) => {
      const sub = randomUUID();
      await door.identity.add([{ sub, email, name, password: PASSWORD, groups: [] }]);
      addresses.set(sub, email);
      return sub;
    },
    signIn: async (sub) => {
      const email = addresses.get(sub) ?? '';
      let refreshToken = (await signIn({ origin: door.origin, email, password: PASSWORD })).refresh_token;
      return async () => {
        const fields = { grant_type: 'refresh_token', client_id: 'hems-cli', refresh_token: refreshToken };
        try {
          refreshToken = (await redeem(door.origin, fields)).refresh_token;
          return true;
        } catch (error) {
          if (error instanceof Error && error.message.includes('invalid_grant')) return false;
          throw error;
        }
      };
    },
  };
});
