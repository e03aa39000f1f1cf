import { createHash } from 'node:crypto';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const objectJson = (value: Record<string, unknown>, at: string): string => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${at} is neither a plain object nor a list; write it as plain JSON before it is hashed`);
  const fields = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${jsonOf(value[name], `${at}.${name}`)}`);
  return `{${fields.join(',')}}`;
};

const jsonOf = (value: unknown, at: string): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one, i) => jsonOf(one, `${at}[${i}]`)).join(',')}]`;
  if (isRecord(value)) return objectJson(value, at);
  throw new TypeError(`${at} is ${typeof value === 'number' ? value : `a ${typeof value}`}, which JSON cannot say`);
};

/** One text for one value: keys sorted by code unit, what is undefined left out of objects. What JSON cannot say throws. */
export const canonicalJson = (value: unknown): string => jsonOf(value, 'value');

/** SHA-256 of the canonical JSON, 64 hex digits. Whoever holds the value can compute it again. */
export const canonicalHash = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');
