/** A place to send a file to from a browser: a form POST of `fields` and then the file, as field `file`. */
export type UploadForm = { readonly url: string; readonly fields: Readonly<Record<string, string>> };

/** Files by key. Keys are paths with `/` and hold opaque ids only. */
export type ObjectStore = {
  put(key: string, body: Uint8Array): Promise<void>;
  /** as it comes; nothing is seen under the key before the last chunk. A failure of `body` leaves nothing */
  putStream(key: string, body: AsyncIterable<Uint8Array>): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  getStream(key: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** keys that begin with `prefix`, ascending */
  list(prefix: string): Promise<string[]>;
  delete(key: string): Promise<void>;
  /** whoever holds it may write this one key, up to `maxBytes`, for `seconds` */
  uploadForm(key: string, limits: { readonly maxBytes: number; readonly seconds: number }): Promise<UploadForm>;
  /** whoever holds it may read this one key for `seconds`, as a download named `fileName` */
  downloadUrl(key: string, as: { readonly fileName: string; readonly seconds: number }): Promise<string>;
};
