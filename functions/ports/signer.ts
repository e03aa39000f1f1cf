export type SignerKey = { readonly keyId: string; readonly jwk: Readonly<Record<string, unknown>> };

/** Signs what the platform vouches for, by ECDSA over P-256 with SHA-256. Contract suite: `adapters/contract/signer.contract.ts`. */
export type Signer = {
  /** `signature`: r and s, 32 bytes each */
  sign(
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ readonly keyId: string; readonly signature: Uint8Array<ArrayBuffer> }>;
  /** public parts as JSON Web Keys; the one that signs now first, behind it those of before */
  publicKeys(): Promise<readonly SignerKey[]>;
};
