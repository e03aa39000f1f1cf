export type Post = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Uint8Array;
};

/** An address that must not be called. Trying again would not help. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Requests to addresses that others gave us. Only https, only to public addresses, which is checked on what the name resolves to and on what is
 * then connected to; redirects are not followed. Throws `AddressRefused`, or another error when nobody answered.
 */
export type HttpOut = { post(request: Post): Promise<{ readonly status: number }> };
