import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync } from 'node:fs';
import type { Delete, Key, Put, Query, Write } from '../ports/table.ts';
import { provider, type Provider } from '../runtime/provider.ts';

/**
 * Notes what each handler asks of each port while tests run: `.ci/asked.ts` leads handlers and ports through here, and `npm run privilege`
 * holds what was noted against what the templates allow. A line is `<function> <port> <what> <on>`.
 */
const running = new AsyncLocalStorage<string>();

const noted = new Set<string>();
const note = (entry: string, words: readonly string[]): void => {
  // a worker of vitest may take one file of tests after the other
  const file = process.env['HEMS_ASKED_FILE'];
  if (file === undefined) return;
  const line = [entry, ...words].join(' ');
  if (noted.has(`${file} ${line}`)) return;
  noted.add(`${file} ${line}`);
  appendFileSync(file, `${line}\n`);
};

/** Of a deletion also which partition, up to its first `#`: the cloud lets some functions delete in named partitions only. */
const deletion = ({ table, pk }: Key): string[] => ['DeleteItem', `${table}/${/^[^#]*#?/.exec(pk)?.[0] ?? ''}`];
const written = (write: Write): string[] => {
  if ('put' in write) return ['UpdateItem', write.put.table];
  return 'delete' in write ? deletion(write.delete) : ['ConditionCheckItem', write.check.table];
};

const OF_TABLE: Record<string, (asked: never) => string[][]> = {
  get: ({ table }: Key) => [['GetItem', table]],
  batchGet: (keys: readonly Key[]) => keys.map(({ table }) => ['BatchGetItem', table]),
  query: ({ table }: Query) => [['Query', table]],
  put: ({ table }: Put) => [['UpdateItem', table]],
  delete: (key: Delete) => [deletion(key)],
  transact: (writes: readonly Write[]) => writes.map(written),
};

const wordsOf = (port: string, method: string, args: readonly unknown[]): string[][] => {
  const [first] = args;
  if (port === 'table') return OF_TABLE[method]?.(first as never) ?? [];
  // which folder of the bucket
  const folder = typeof first === 'string' && port.startsWith('object') ? [/^[^/]*/.exec(first)?.[0] ?? ''] : [];
  return [[method, ...folder]];
};

const tell = (port: string, method: string, args: readonly unknown[]): void => {
  const entry = running.getStore();
  if (entry !== undefined) for (const words of wordsOf(port, method, args)) note(entry, [port, ...words]);
};

const watching = <T extends object>(port: string, value: T): T =>
  new Proxy(value, {
    get: (target, key): unknown => {
      const found: unknown = Reflect.get(target, key);
      if (typeof found !== 'function' || typeof key !== 'string') return found;
      return (...args: unknown[]): unknown => {
        tell(port, key, args);
        return Reflect.apply(found, target, args);
      };
    },
    apply: (target, self, args: unknown[]): unknown => {
      tell(port, 'call', args);
      return Reflect.apply(target as unknown as () => unknown, self, args);
    },
  });

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** `provider`, for the port of that name. */
export const watchedProvider =
  (port: string) =>
  <T>(make: () => Promise<T>, around?: (value: T) => T): Provider<T> => {
    const own = provider(make, around);
    const watched = new WeakMap<object, object>();
    const get = async (): Promise<T> => {
      const value = await own();
      if (!isObject(value)) return value;
      const known = watched.get(value) ?? watching(port, value);
      watched.set(value, known);
      return known as T;
    };
    return Object.assign(get, { use: (value: T) => own.use(value) });
  };

/** The handler, as the function of that name: what is asked while it runs is its own asking. */
export const asFunction =
  <Args extends readonly unknown[], Answer>(entry: string, handler: (...args: Args) => Answer) =>
  (...args: Args): Answer =>
    running.run(entry, () => handler(...args));
