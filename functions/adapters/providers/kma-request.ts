import * as z from 'zod';
import { WeatherUnavailable } from '../../ports/weather.ts';
import type { Pause } from '../../ports/pause.ts';

/**
 * One request to a service of the Korea Meteorological Administration on the public data portal (data.go.kr, 1360000): its
 * envelopes, its pages, its refusals. The portal speaks three dialects: the service's own envelope, a bare result from the
 * gateway, and `OpenAPI_ServiceResponse` in XML or JSON, whatever was asked for and with any HTTP status.
 */
export type KmaDeps = {
  /** where the services are; the portal's address is `KMA_URL` */
  readonly url: string;
  /** the portal shows it twice, plain and percent-encoded; either will do */
  readonly key: () => Promise<string>;
  readonly pause: Pause;
  readonly timeoutMs: number;
};
export const KMA_URL = 'https://apis.data.go.kr/1360000';

const ATTEMPTS = 3;
/** No page of either service holds more than 999 or 1,000 rows. */
const PAGE_ROWS = 999;

const text = z.union([z.string(), z.number()]).transform(String);
const envelope = z.object({
  response: z.object({
    header: z.object({ resultCode: text, resultMsg: text.optional() }),
    body: z
      .object({
        totalCount: z.coerce.number(),
        // an empty answer has "" here, a single row is sometimes no list
        items: z.union([z.literal(''), z.object({ item: z.unknown() })]),
      })
      .optional(),
  }),
});
const gateway = z.object({
  OpenAPI_ServiceResponse: z.object({
    cmmMsgHeader: z.object({ returnReasonCode: text, returnAuthMsg: text.optional() }),
  }),
});
const bare = z.object({ resultCode: text, resultMsg: text.optional() });

type Page = { readonly code: string; readonly said: string; readonly total: number; readonly rows: readonly unknown[] };
const refusedPage = (code: string, said = ''): Page => ({ code, said, total: 0, rows: [] });

const inXml = (body: string, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const [, value] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(body) ?? [];
    if (value !== undefined) return value.trim();
  }
  return undefined;
};

const json = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

type Envelope = z.infer<typeof envelope>['response'];
const rowsOf = (body: Envelope['body']): unknown[] => {
  if (!body || body.items === '') return [];
  const { item = [] } = body.items;
  return Array.isArray(item) ? item : [item];
};

const xmlPage = (body: string): Page | undefined => {
  const code = inXml(body, 'returnReasonCode', 'resultCode');
  return code === undefined ? undefined : refusedPage(code, inXml(body, 'returnAuthMsg', 'errMsg', 'resultMsg'));
};
const jsonPage = (value: unknown): Page | undefined => {
  const own = envelope.safeParse(value).data?.response;
  if (own)
    return {
      code: own.header.resultCode,
      said: own.header.resultMsg ?? '',
      total: own.body?.totalCount ?? 0,
      rows: rowsOf(own.body),
    };
  const refused = gateway.safeParse(value).data?.OpenAPI_ServiceResponse.cmmMsgHeader;
  if (refused) return refusedPage(refused.returnReasonCode, refused.returnAuthMsg);
  const simple = bare.safeParse(value).data;
  return simple && refusedPage(simple.resultCode, simple.resultMsg);
};
/** Undefined: nothing that the portal is known to say. */
const pageOf = (body: string): Page | undefined => {
  const value = json(body);
  return value === undefined ? xmlPage(body) : jsonPage(value);
};

/** What whoever runs the platform can do about a refusal, by the portal's code. */
const ADVICE: Record<string, string> = {
  '10': 'a request parameter is wrong; this is a defect of ours',
  '11': 'a request parameter is missing; this is a defect of ours',
  '12': 'the service was closed or renamed; look it up on the portal',
  '20': 'the key has no approval for this service; apply for it on the portal',
  '21': 'the key is blocked for now; ask the portal',
  '22': 'the requests of the day are used up; they begin anew at midnight, or ask the portal for more',
  '30': 'the key is not registered; a new one takes an hour to work',
  '31': 'the key has expired; prolong it on the portal',
  '32': 'the key is bound to another address; add ours on the portal',
};
const adviceOn = (code: string): string => ADVICE[code] ?? 'the service failed on its side; it is asked again later';

/** The service says so itself: the answer was understood and is a no. */
export class KmaRefused extends WeatherUnavailable {
  readonly code: string;
  constructor(operation: string, code: string, said: string) {
    super(`KMA ${operation} refused with code ${code} (${said}): ${adviceOn(code)}`);
    this.code = code;
  }
}

const NORMAL = '00';
const NO_DATA = '03';

type Answer = { readonly status: number; readonly body: string };
const send = async (url: URL, { operation, timeoutMs }: { operation: string; timeoutMs: number }): Promise<Answer> => {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    // the cause is left out: it may carry the address, and with it the key
    throw new WeatherUnavailable(
      `KMA ${operation}: ${isLate ? `no answer within ${timeoutMs} ms` : 'no connection'}; it is asked again later`,
    );
  }
};

/** Asks again, twice at most, only where the server failed. */
const sendPatiently = async (deps: KmaDeps, operation: string, url: URL): Promise<Answer> => {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(url, { operation, timeoutMs: deps.timeoutMs });
    if (answer.status < 500 || attempt === ATTEMPTS) return answer;
    await deps.pause(attempt);
  }
};

const checked = (operation: string, { status, body }: Answer): Page => {
  if (status >= 300 && status < 400)
    throw new WeatherUnavailable(`KMA ${operation}: answered with a redirect (${status}), which is not followed`);
  const page = pageOf(body);
  if (page && page.code !== NORMAL && page.code !== NO_DATA) throw new KmaRefused(operation, page.code, page.said);
  if (status !== 200)
    throw new WeatherUnavailable(
      `KMA ${operation}: answered with status ${status}; ${status === 401 || status === 403 ? adviceOn('30') : 'it is asked again later'}`,
    );
  if (!page) throw new WeatherUnavailable(`KMA ${operation}: the answer is in no format that is known`);
  return page;
};

/** All rows of an operation, page by page. Where the service has no data there is none. */
export const kmaRows = async (
  deps: KmaDeps,
  operation: string,
  params: Readonly<Record<string, string | number>>,
): Promise<unknown[]> => {
  const rows: unknown[] = [];
  const url = new URL(`${deps.url}/${operation}`);
  const key = await deps.key();
  url.searchParams.set('serviceKey', key.includes('%') ? decodeURIComponent(key) : key);
  for (const [name, value] of Object.entries({ ...params, dataType: 'JSON', numOfRows: PAGE_ROWS }))
    url.searchParams.set(name, String(value));
  for (let pageNo = 1; ; pageNo++) {
    url.searchParams.set('pageNo', String(pageNo));
    const page = checked(operation, await sendPatiently(deps, operation, url));
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
};
