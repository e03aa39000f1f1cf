import { RemovalPolicy } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { MoreEnvironment } from './environment.ts';
import { allow } from './grants.ts';

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

  /** Seal, open and look up. A data key opens with its owner as encryption context only, so a use without one is refused. */
  open(grantee: IGrantable): void {
    allow(grantee, {
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      on: [this.#field.keyArn],
      conditions: { Null: { 'kms:EncryptionContext:owner': 'false' } },
    });
    allow(grantee, { actions: ['kms:GenerateMac'], on: [this.#index.keyArn] });
  }
}
