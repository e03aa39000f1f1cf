/** Files by key. Keys are paths with `/` and hold opaque ids only. */
export type ObjectStore = {
  put(key: string, body: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** keys that begin with `prefix`, ascending */
  list(prefix: string): Promise<string[]>;
  delete(key: string): Promise<void>;
};
