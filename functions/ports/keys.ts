/** A key that encrypts fields, and the form in which it is kept: only this port makes the one from the other. */
export type DataKey = { readonly plain: Uint8Array; readonly wrapped: string };

/**
 * Envelope encryption of personal data. A data key belongs to one owner (`person:<sub>`, `household:<id>`); where its wrapped form is
 * gone, what it encrypted is gone. Contract suite: `adapters/contract/keys.contract.ts`.
 */
export type Keys = {
  /** 32 random bytes for AES-256-GCM */
  newDataKey(owner: string): Promise<DataKey>;
  /** throws when the wrapped key is another owner's or was changed */
  unwrap(owner: string, wrapped: string): Promise<Uint8Array>;
  /** HMAC-SHA-256 under a key of its own, base64url: finds an e-mail address or a claim code without keeping it (blind index) */
  blindIndex(text: string): Promise<string>;
};
