import { pathToFileURL } from 'node:url';

/** Runs in a process of its own, bundled: loads the file that it is told and calls its handler once. */
export type Task = { readonly file: string; readonly event: unknown };
/** Milliseconds. Another process may hold the processor: of the wall clock and the processor's time the shorter is the process's own. */
export type Seen = { readonly loadMs: number; readonly firstMs: number; readonly failure?: string };

type Loaded = { readonly handler: (event: unknown, context: unknown) => Promise<unknown> };

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const [wall, used] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(used);
  return [value, Math.min(performance.now() - wall, (user + system) / 1000)];
};

const isLoaded = (value: unknown): value is Loaded =>
  typeof value === 'object' && value !== null && 'handler' in value && typeof value.handler === 'function';

const context = {
  functionName: 'weight',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:weight',
  memoryLimitInMB: '512',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 10_000,
};

const failureOf = async (work: () => Promise<unknown>): Promise<string | undefined> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
};

process.once('message', ({ file, event }: Task) => {
  void (async () => {
    const [loaded, loadMs] = await timed(async () => {
      const module: unknown = await import(pathToFileURL(file).href);
      // what the module has begun beside itself belongs to its start
      await new Promise((resolve) => setImmediate(resolve));
      return module;
    });
    if (!isLoaded(loaded)) throw new Error(`${file} exports no handler`);
    const [failure, firstMs] = await timed(() => failureOf(() => loaded.handler(event, context)));
    process.send?.({ loadMs, firstMs, ...(failure !== undefined && { failure }) } satisfies Seen, () => process.exit());
  })();
});
