import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { BlockList, isIP, isIPv4 } from 'node:net';
import {
  AddressRefused,
  AnswerLate,
  AnswerTooLong,
  type Answer,
  type Call,
  type HttpOut,
} from '../../ports/http-out.ts';

/** What no public service answers on: IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates). */
const V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** Of IPv6 only 2000::/3 is public; within it these are not, or lead to an IPv4 address of anybody's choice. */
const V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const reserved = new BlockList();
for (const [net, prefix] of V4) reserved.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of V6) reserved.addSubnet(net, prefix, 'ipv6');
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

export const isPublic = (address: string): boolean =>
  isIPv4(address)
    ? !reserved.check(address, 'ipv4')
    : isIP(address) === 6 && unicast.check(address, 'ipv6') && !reserved.check(address, 'ipv6');

export type Network = {
  /** for finding the address, connecting and the whole answer together */
  readonly timeoutMs: number;
  /** every address of a name */
  resolve(host: string): Promise<readonly string[]>;
  request: typeof httpsRequest;
};
const internet: Network = {
  timeoutMs: 10_000,
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  request: httpsRequest,
};

/** Below it other services speak TLS too, mail above all. */
const FIRST_FREE_PORT = 1024;

/** What an address says of itself, before its name is looked up. */
const parse = (url: string): URL => {
  if (!URL.canParse(url)) throw new AddressRefused('it is no address');
  const parsed = new URL(url);
  const { protocol, username, password, port } = parsed;
  if (protocol !== 'https:') throw new AddressRefused('only https addresses are called');
  if (username !== '' || password !== '')
    throw new AddressRefused('an address with a user or a password is not called');
  if (port !== '' && Number(port) < FIRST_FREE_PORT)
    throw new AddressRefused(`port ${port} is not called: only 443 and those above 1023`);
  return parsed;
};

const addressOf = async (network: Network, { hostname }: URL): Promise<string> => {
  const host = hostname.replace(/^\[(.+)\]$/, '$1');
  const addresses = isIP(host) === 0 ? await network.resolve(host) : [host];
  const [first] = addresses;
  // one private address among them is enough: whoever made the name chose it
  if (first === undefined || !addresses.every(isPublic)) throw new AddressRefused('the address is not a public one');
  return first;
};

/** The bytes of an answer; none of them are kept once there are more than asked for. */
const bodyOf = async (answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of answer) {
      if (!(part instanceof Uint8Array)) throw new TypeError('an answer comes in bytes');
      bytes += part.byteLength;
      if (bytes > maxBytes) throw new AnswerTooLong(`the answer is longer than ${maxBytes} bytes`);
      parts.push(part);
    }
  } finally {
    answer.destroy();
  }
  return Buffer.concat(parts);
};

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value = '']) => [name, String(value)]));

const read = async (answer: IncomingMessage, maxBytes: number): Promise<Answer> => {
  const said = { status: answer.statusCode ?? 0, headers: headersOf(answer) };
  if (maxBytes > 0) return { ...said, body: await bodyOf(answer, maxBytes) };
  // nobody reads the body, and whoever sends it may never end
  answer.destroy();
  return { ...said, body: new Uint8Array() };
};

type Checked = { readonly url: URL; readonly address: string; readonly signal: AbortSignal };

/** Connects to the address that was checked, not to what the name says a moment later; certificate and Host are the name's. */
const send = (
  network: Network,
  { method, headers, body, maxBytes }: Call,
  { url, address, signal }: Checked,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method,
      headers: { ...headers, ...(body && { 'content-length': body.byteLength }) },
      signal,
      agent: false,
      lookup: (_host, { all }, done) => {
        const family = isIPv4(address) ? 4 : 6;
        if (all === true) done(null, [{ address, family }]);
        else done(null, address, family);
      },
    };
    const sent = network.request(url, options, (answer) => {
      read(answer, maxBytes).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

export const httpOut = (network: Network = internet): HttpOut => ({
  call: async (call) => {
    const url = parse(call.url);
    const signal = AbortSignal.timeout(network.timeoutMs);
    const late = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => late.reject(new AnswerLate(`no answer within ${network.timeoutMs} ms`)));
    const answer = addressOf(network, url).then((address) => send(network, call, { url, address, signal }));
    return Promise.race([answer, late.promise]);
  },
});
