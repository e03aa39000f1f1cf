/** The kinds of error a caller may read. Each becomes one HTTP status, in one place: `runtime/http.ts`. */
export type RefusalKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'too-many';

/** An error the caller may read: what happened, where, and what to do. Everything else is answered as an internal error. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly kind: RefusalKind;
  constructor(kind: RefusalKind, detail: string) {
    super(detail);
    this.kind = kind;
  }
}
