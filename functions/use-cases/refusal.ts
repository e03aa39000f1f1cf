/** The kinds of error a caller may read. Each becomes one HTTP status, in one place: `runtime/http.ts`. */
export type RefusalKind =
  | 'invalid'
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unsupported-type'
  | 'too-many';

/** An error the caller may read: what happened, where, and what to do. Everything else is answered as an internal error. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly kind: RefusalKind;
  /** which refusal it is, where a program has to tell it from others of its kind */
  readonly code: string | undefined;
  constructor(kind: RefusalKind, detail: string, code?: string) {
    super(detail);
    this.kind = kind;
    this.code = code;
  }
}
