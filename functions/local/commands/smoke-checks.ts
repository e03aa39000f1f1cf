import { readSession } from '@hems/shared/api/session';

/** Checks of a deployed stage over plain HTTPS: each ends in one line for a person. */
export type Check = { readonly what: string; readonly run: () => Promise<string> };
export type Outcome = { readonly what: string; readonly ok: boolean; readonly detail: string };

/** Thrown by a check: what was found instead, and what to do. */
const otherwise = (found: string): never => {
  throw new Error(found);
};

export const runChecks = async (checks: readonly Check[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const { what, run } of checks) {
    try {
      outcomes.push({ what, ok: true, detail: await run() });
    } catch (error) {
      outcomes.push({ what, ok: false, detail: error instanceof Error ? error.message : String(error) });
    }
  }
  return outcomes;
};

const get = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(15_000) });

/** A token in the right form that nobody signed. */
const FORGED = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"smoke"}').toString('base64url')}.`;

/** The API turns away who has no token, and who made one up. */
export const apiIsShut = (apiUrl: string): Check => ({
  what: 'the API asks for a token',
  run: async () => {
    const url = `${apiUrl}${readSession.path}`;
    const [none, forged] = await Promise.all([get(url), get(url, { authorization: `Bearer ${FORGED}` })]);
    if (none.status !== 401 || forged.status !== 401)
      otherwise(`${url} answers ${none.status} without a token and ${forged.status} to a forged one; both must be 401`);
    return `${url} answers 401`;
  },
});

/** The app knows this stage's API and user pool, is not cached, and carries its policy. */
export const appIsConfigured = (webUrl: string, config: object): Check => ({
  what: 'the app has its configuration',
  run: async () => {
    const [page, answer] = await Promise.all([get(`${webUrl}/`), get(`${webUrl}/config.json`)]);
    const served = await answer.text();
    if (answer.status !== 200 || served !== JSON.stringify(config))
      otherwise(`${webUrl}/config.json answers ${answer.status} ${served.slice(0, 200)}; deploy again`);
    if (answer.headers.get('cache-control') !== 'no-store')
      otherwise(
        'config.json may be cached; the headers of the Amplify app are not as infra/constructs/web-headers.ts says',
      );
    if (!page.headers.get('content-security-policy')?.includes("default-src 'none'"))
      otherwise(`${webUrl}/ answers ${page.status} without its Content-Security-Policy`);
    return webUrl;
  },
});

export type SignIn = {
  readonly issuer: string;
  readonly signInUrl: string;
  readonly clientId: string;
  readonly webUrl: string;
};

/** The user pool is there under its name, and its page opens for this client. */
export const signInOpens = ({ issuer, signInUrl, clientId, webUrl }: SignIn): Check => ({
  what: 'residents can reach the sign-in',
  run: async () => {
    const discovery = await get(`${issuer}/.well-known/openid-configuration`);
    if (discovery.status !== 200 || !(await discovery.text()).includes(`"${issuer}"`))
      otherwise(`${issuer} answers ${discovery.status} or names another issuer`);
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: `${webUrl}/signed-in`,
    });
    const page = await get(`${signInUrl}/login?${query.toString()}`);
    if (page.status !== 200)
      otherwise(
        `the sign-in page answers ${page.status}; has the client a branding style, and the address of the app?`,
      );
    return signInUrl;
  },
});

export const rulesAreOn = (names: readonly string[], isEnabled: (name: string) => Promise<boolean>): Check => ({
  what: 'the rules of the broker are on',
  run: async () => {
    const enabled = await Promise.all(names.map(isEnabled));
    const off = names.filter((_, at) => !enabled[at]);
    return off.length === 0 ? names.join(', ') : otherwise(`${off.join(', ')} disabled; deploy again`);
  },
});

export const someoneIsCalled = (topicArn: string, subscribers: () => Promise<number>): Check => ({
  what: 'alarms reach someone',
  run: async () => {
    const count = await subscribers();
    return count > 0
      ? `${count} confirmed`
      : otherwise(
          `nobody: aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint YOU@EXAMPLE, then confirm the mail`,
        );
  },
});

export type TestReading = {
  readonly publish: () => Promise<void>;
  /** has it come out at the other end: in the quarantine, as of no household */
  readonly arrived: () => Promise<boolean>;
  readonly pause: (ms: number) => Promise<unknown>;
};

const PATIENCE_MS = 30_000;
const ASK_EVERY_MS = 2_000;

/** A reading of no household goes the whole way from the broker to the tables, and ends where it harms nobody. */
export const readingArrives = ({ publish, arrived, pause }: TestReading): Check => ({
  what: 'a reading goes through the broker to the tables',
  run: async () => {
    await publish();
    for (let waited = 0; waited < PATIENCE_MS; waited += ASK_EVERY_MS) {
      if (await arrived()) return `within ${waited / 1000 + ASK_EVERY_MS / 1000} s`;
      await pause(ASK_EVERY_MS);
    }
    return otherwise(`not within ${PATIENCE_MS / 1000} s; docs/runbook.md, "Readings are not taken in"`);
  },
});
