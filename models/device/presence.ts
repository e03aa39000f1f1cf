/** The last that was heard of a gateway's connection. */
export type Presence = {
  readonly state: 'connected' | 'disconnected';
  /** of the connection: the same at its begin and its end */
  readonly version: number;
  readonly atMs: number;
};

/**
 * Times are right to two minutes, and a version begins anew an hour after the last connection ended. So times decide between words that
 * lie further apart than this, and versions between the others.
 */
const FAR_MS = 30 * 60_000;

/** Whether a word is of a later time than the one that is known, whatever the order in which they came. */
export const isLater = (word: Presence, known: Presence): boolean => {
  if (Math.abs(word.atMs - known.atMs) >= FAR_MS) return word.atMs > known.atMs;
  if (word.version !== known.version) return word.version > known.version;
  return word.state === 'disconnected' && known.state === 'connected';
};

export const samePresence = (a: Presence, b: Presence): boolean =>
  a.state === b.state && a.version === b.version && a.atMs === b.atMs;

/** A gateway that went away is called offline after this, so that a broker that restarts, or a short cut of the line, tells nobody anything. */
export const OFFLINE_AFTER_MS = 3 * 60_000;

/** A connection that ended because another one came under the same client id. */
export type Kick = { readonly version: number; readonly atMs: number };
const DOUBLED_KICKS = 3;
const DOUBLED_WITHIN_MS = 10 * 60_000;

export const sameKick = (a: Kick, b: Kick): boolean => a.version === b.version && a.atMs === b.atMs;

/** The kicks that count, this one among them once. */
export const withKick = (kicks: readonly Kick[], kick: Kick): Kick[] => {
  const others = kicks.filter((one) => !sameKick(one, kick));
  const all = [...others, kick].toSorted((a, b) => a.atMs - b.atMs);
  const newestMs = all.at(-1)?.atMs ?? kick.atMs;
  return all.filter(({ atMs }) => newestMs - atMs <= DOUBLED_WITHIN_MS);
};

/** One client that comes back over a bad line pushes itself off now and then; two clients with one certificate do it all the time. */
export const isDoubled = (kicks: readonly Kick[]): boolean => kicks.length >= DOUBLED_KICKS;
