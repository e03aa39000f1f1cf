import { parseArgs } from 'node:util';
import { readSession } from '@hems/shared/api/session';
import { localOrigin } from './local-host.ts';
import { signInAs } from './sign-in.ts';

const USAGE = `hems token [--as EMAIL]
Prints an access token of a demo resident (the first, or the one named), got by signing in at the running local host. It opens the API
for 5 minutes:
  curl -H "authorization: Bearer $(npm run -s hems -- token)" http://127.0.0.1:8000${readSession.path}`;

/** The command `hems token`. */
export const runToken = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { as: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const origin = localOrigin();
  console.log((await signInAs(origin, values.as)).access_token);
  return 0;
};
