import { lookup } from 'node:dns/promises';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { AddressRefused, type HttpOut, type Post } from '../../ports/http-out.ts';

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
  /** for finding the address, connecting and the answer together */
  readonly timeoutMs: number;
  /** every address of a name */
  resolve(host: string): Promise<readonly string[]>;
  request: typeof httpsRequest;
};
const internet: Network = {
  timeoutMs: 5000,
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  request: httpsRequest,
};

const addressOf = async (network: Network, { protocol, hostname }: URL): Promise<string> => {
  if (protocol !== 'https:') throw new AddressRefused('only https addresses are called');
  const host = hostname.replace(/^\[(.+)\]$/, '$1');
  const addresses = isIP(host) === 0 ? await network.resolve(host) : [host];
  const [first] = addresses;
  // one private address among them is enough: whoever made the name chose it
  if (first === undefined || !addresses.every(isPublic)) throw new AddressRefused('the address is not a public one');
  return first;
};

/** Connects to the address that was checked, not to what the name says a moment later; certificate and Host are the name's. */
const call = (
  network: Network,
  { url, headers, body }: Post,
  { address, signal }: { readonly address: string; readonly signal: AbortSignal },
): Promise<{ status: number }> =>
  new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': body.byteLength },
      signal,
      agent: false,
      lookup: (_host, { all }, done) => {
        const family = isIPv4(address) ? 4 : 6;
        if (all === true) done(null, [{ address, family }]);
        else done(null, address, family);
      },
    };
    const sent = network.request(new URL(url), options, (answer) => {
      resolve({ status: answer.statusCode ?? 0 });
      // nobody reads the body, and whoever sends it may never end
      answer.destroy();
    });
    sent.on('error', reject);
    sent.end(body);
  });

export const httpOut = (network: Network = internet): HttpOut => ({
  post: async (request) => {
    const signal = AbortSignal.timeout(network.timeoutMs);
    const late = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => late.reject(new Error(`no answer within ${network.timeoutMs} ms`)));
    const answer = addressOf(network, new URL(request.url)).then((address) =>
      call(network, request, { address, signal }),
    );
    return Promise.race([answer, late.promise]);
  },
});
