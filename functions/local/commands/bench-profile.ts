import { Session, type Profiler } from 'node:inspector/promises';

/** Where the host's CPU time goes while messages come in, by the innermost frame of ours (or below it) on the stack. */
export type Stage = 'tls and broker' | 'requests' | 'schema' | 'rules' | 'store' | 'garbage collection';
export type Shares = Readonly<Record<Stage, number>>;
/** `busy`: the part of the time in which the host did anything at all; below 1 something else limits, such as the publishers. */
export type Profile = { readonly busy: number; readonly shares: Shares };

const OWNERS: readonly (readonly [path: string, stage: Stage])[] = [
  ['/local/http/', 'requests'],
  ['/functions/api/', 'requests'],
  ['/node_modules/jose/', 'requests'],
  ['/use-cases/read-', 'requests'],
  ['/use-cases/ingest/decode', 'schema'],
  ['/runtime/rule', 'schema'],
  ['/adapters/', 'store'],
  ['/use-cases/stores/', 'store'],
  ['/use-cases/', 'rules'],
  ['/models/', 'rules'],
  ['/local/', 'tls and broker'],
];

type Node = Profiler.ProfileNode;

const stageOfFrame = ({ callFrame: { url, functionName } }: Node): Stage | 'idle' | undefined => {
  if (functionName === '(idle)') return 'idle';
  if (functionName === '(garbage collector)') return 'garbage collection';
  return OWNERS.find(([path]) => url.includes(path))?.[1];
};

const stagesOf = (nodes: readonly Node[]): Map<number, Stage | 'idle'> => {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const resolve = (id: number | undefined): Stage | 'idle' => {
    const node = id === undefined ? undefined : byId.get(id);
    // What no frame of ours has asked for is the runtime's own: sockets, TLS and the broker library.
    if (!node) return 'tls and broker';
    return stageOfFrame(node) ?? resolve(parents.get(node.id));
  };
  return new Map(nodes.map(({ id }) => [id, resolve(id)]));
};

/** Shares of the samples that were not idle; they add up to 1. */
const profileOf = ({ nodes, samples = [] }: Profiler.Profile): Profile => {
  const stages = stagesOf(nodes);
  const counts = { 'tls and broker': 0, requests: 0, schema: 0, rules: 0, store: 0, 'garbage collection': 0 };
  for (const sample of samples) {
    const stage = stages.get(sample);
    if (stage !== undefined && stage !== 'idle') counts[stage] += 1;
  }
  const total = Math.max(
    1,
    Object.values(counts).reduce((a, b) => a + b),
  );
  const share = (stage: Stage): number => counts[stage] / total;
  const shares: Shares = {
    'tls and broker': share('tls and broker'),
    requests: share('requests'),
    schema: share('schema'),
    rules: share('rules'),
    store: share('store'),
    'garbage collection': share('garbage collection'),
  };
  return { busy: total / Math.max(1, samples.length), shares };
};

/** Samples this process every millisecond until it is stopped. */
export const sampling = async (): Promise<{ stop(): Promise<Profile> }> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 1000 });
  await session.post('Profiler.start');
  return {
    stop: async () => {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return profileOf(profile);
    },
  };
};

/** Samples this process while `work` runs. */
export const profiled = async <T>(work: () => Promise<T>): Promise<{ result: T; profile: Profile }> => {
  const running = await sampling();
  const result = await work();
  return { result, profile: await running.stop() };
};
