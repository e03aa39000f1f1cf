import type { HttpOut } from '../../ports/http-out.ts';

/** Calls that are meant for a public address and reach the fake that stands for it; to any other address nothing is sent. */
export const httpToFakes = (origins: Readonly<Record<string, string>>, timeoutMs = 10_000): HttpOut => ({
  call: async ({ url, method, headers, body, maxBytes }) => {
    const { origin, pathname, search } = new URL(url);
    const fake = origins[origin];
    if (fake === undefined) throw new Error(`no fake stands for ${origin}`);
    const answer = await fetch(fake + pathname + search, {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(body && { body: new Uint8Array(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (bytes.length > maxBytes) throw new Error(`an answer of ${bytes.length} bytes`);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: bytes };
  },
});
