import * as z from 'zod/mini';

/** What the page must know before it can ask anything: `/config.json`, written by the deployment, served by the local host. */
const config = z.object({
  issuer: z.string().check(z.minLength(1)),
  clientId: z.string().check(z.minLength(1)),
  /** what stands before `/v1`; empty for the page's own origin */
  apiBase: z.string(),
});
export type Config = z.infer<typeof config>;

/** A connection that says nothing is none. */
const TIMEOUT_MS = 10_000;

export const loadConfig = async (): Promise<Config> => {
  const response = await fetch('/config.json', { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok)
    throw new Error(`/config.json answers ${response.status}: is the app deployed with its configuration?`);
  return config.parse(await response.json());
};
