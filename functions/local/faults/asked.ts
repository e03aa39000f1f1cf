/** A value that is written again and again: after a death it is the last one acknowledged, or one that was tried since. */
export type Register = { acknowledged: string | undefined; tried: string[] };
export type AskedPayout = {
  readonly householdId: string;
  readonly payoutId: string;
  readonly amount: number;
  acknowledged: boolean;
};
/** Answers to one Idempotency-Key. */
export type Ping = { readonly key: string; readonly answers: Set<string> };

/** Everything that was asked over HTTP, and what of it was answered. */
export type Asked = {
  readonly payouts: AskedPayout[];
  readonly settings: Register;
  readonly deviceName: Register;
  readonly invitations: { readonly email: string; invitationId: string | undefined }[];
  readonly enrolments: { readonly householdId: string; acknowledged: boolean }[];
  readonly pings: Ping[];
  /** answers that were neither done nor refused with a reason */
  readonly unsaid: string[];
};

export const nothingAsked = (): Asked => ({
  payouts: [],
  settings: { acknowledged: undefined, tried: [] },
  deviceName: { acknowledged: undefined, tried: [] },
  invitations: [],
  enrolments: [],
  pings: [],
  unsaid: [],
});
