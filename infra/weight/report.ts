import { limitOf, type Weighed } from './limits.ts';

export type Run = {
  readonly all: readonly Weighed[];
  readonly bareLoadMs: number;
  readonly slowness: number;
  readonly rounds: number;
  readonly wasmBytes: number;
  readonly commit: string;
  readonly date: string;
  readonly machine: string;
};

const kB = (bytes: number): string => Math.round(bytes / 1000).toLocaleString('en-US');

const firstOf = ({ firstMs, asked, failure }: Weighed): string => {
  const reached = asked.length === 0 ? 'no service' : asked.join(', ');
  return `${firstMs.toFixed(0)} | ${reached}${failure === undefined ? '' : ' ¹'}`;
};

const row = (one: Weighed): string => {
  const limit = limitOf(one);
  const model = one.modelBytes > 0 ? ` + ${kB(one.modelBytes)}` : '';
  const load = `${one.loadMs.toFixed(0)} of ${limit.loadMs}`;
  return `| ${one.entry} | ${kB(one.bytes)} of ${kB(limit.bytes)}${model} | ${one.clients.join(', ')} | ${load} | ${firstOf(one)} |`;
};

const HEAD = `# What the functions weigh

Written by \`npm run weight -- --write\`. How it is measured, and why it is held: docs/adr/0043-weight-and-privilege.md.

- **kB**: the bundle as it is deployed (esbuild, minified, SDK inside), of what is allowed. \`+\`: the model of forecasts that ships, which is data inside
  the bundle and is read at the first forecast.
- **clients**: SDK clients in the bundle. Two at most: 1 MB and 150 ms are allowed; more: 1.5 MB and 250 ms.
- **load**: ms to import the bundle in a new process of Node 24 without a compile cache, less what a bare handler takes; median of the rounds. Of the
  wall clock and the processor's time the shorter counts, so that what else a machine does is not counted. Lambda gives a whole core from
  1,769 MB on and less below.
- **first**: ms of the first invocation after that, with every lazily loaded adapter and SDK client that it needs, to the end of its answer. Its event is one of its kind, for a
  household that is not there, and AWS is an endpoint on this machine that stores nothing and answers at once without TLS: what clients cost to load, build and use once is in it, networks are
  not. **spoke to**: the services that it came to ask; what it holds clients of beside these is loaded later, when it is needed.
`;

export const reportOf = ({
  all,
  bareLoadMs,
  slowness,
  rounds,
  wasmBytes,
  commit,
  date,
  machine,
}: Run): string => `${HEAD}
Commit ${commit}, ${date}, ${machine}; ${rounds} rounds. A bare handler loads in ${bareLoadMs.toFixed(1)} ms. This machine was ${slowness.toFixed(1)} times
slower at new code than the one that the check is rated by.

| function | kB | clients | load ms | first ms | spoke to |
|---|---|---|---|---|---|
${all.map(row).join('\n')}

¹ ended in an error: it will not go on without an answer that the empty endpoint does not have.

Beside the bundle of \`jobs/plan-shard\` lies \`highs.wasm\`, ${kB(wasmBytes)} kB, which the first plan that is a mixed-integer programme loads; no other function has it.
`;
