/** What the identity provider knows of an account. `sub` is opaque; the rest is personal data and stays sealed wherever it is kept. */
export type Account = {
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name?: string;
};

/** The accounts behind the sign-in. Contract suite: `adapters/contract/identity.contract.ts`. */
export type Identity = {
  read(sub: string): Promise<Account | undefined>;
  /** no refresh token given out so far renews anything any more; access tokens end by `validAfter` of the user item */
  signOut(sub: string): Promise<void>;
  /** the account is gone for good; a second time changes nothing */
  delete(sub: string): Promise<void>;
};
