import { RemovalPolicy } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { MoreEnvironment } from './environment.ts';
import { allow } from './grants.ts';

/**
 * `open`: what an owner's key seals, and to seal more with that key; `make`: the key of an owner who has none yet; `find`: by an e-mail address,
 * an address or a code, and what a partner calls a household.
 */
export type PersonalUse = 'open' | 'make' | 'find';
const FIELD_ACTIONS: Partial<Record<PersonalUse, string[]>> = {
  open: ['kms:Decrypt'],
  make: ['kms:GenerateDataKey'],
};

/** What seals personal data field by field: the key that wraps data keys, and the key of the blind index. */
export class PersonalKeys extends Construct {
  readonly #field: Key;
  readonly #index: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#field = new Key(this, 'FieldKey', {
      description: 'Wraps the data key of each person and household',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#index = new Key(this, 'IndexKey', {
      description: 'Blind index of e-mail addresses, addresses and codes',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  get environment(): MoreEnvironment {
    return { FIELD_KEY: this.#field.keyArn, INDEX_KEY: this.#index.keyArn };
  }

  /** A data key opens with its owner as encryption context only, so a use without one is refused. */
  open(grantee: IGrantable, uses: readonly PersonalUse[]): void {
    const actions = uses.flatMap((use) => FIELD_ACTIONS[use] ?? []);
    if (actions.length > 0)
      allow(grantee, {
        actions,
        on: [this.#field.keyArn],
        conditions: { Null: { 'kms:EncryptionContext:owner': 'false' } },
      });
    if (uses.includes('find')) allow(grantee, { actions: ['kms:GenerateMac'], on: [this.#index.keyArn] });
  }
}
