export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: Uint8Array;
  /** of the answer's body that are read; a longer one throws `AnswerTooLong`. 0: the body is of no interest and none of it is read */
  readonly maxBytes: number;
};
export type Answer = {
  readonly status: number;
  /** by their names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** An address that must not be called. Trying again would not help, unless its name comes to mean another. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}
/** The answer's body is longer than was asked for. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';
}
/** The answer was not there, whole, in time. It may have been heard all the same. */
export class AnswerLate extends Error {
  override readonly name = 'AnswerLate';
}

/**
 * Requests to addresses that others gave us. Only https on a port that no other service has, without a user in the address, and only to public
 * addresses, which is checked on everything the name resolves to and on what is then connected to; redirects are not followed. From the name to
 * the last byte of the answer it takes 10 s at most. Throws `AddressRefused`, `AnswerLate`, `AnswerTooLong`, or another error when nobody answered.
 */
export type HttpOut = { call(call: Call): Promise<Answer> };
