import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { MoreEnvironment } from './environment.ts';
import { allow } from './grants.ts';

/** Vouches for settlement files: its private part never leaves KMS, its public part is told to partners. */
export class SettlementKey extends Key {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Signs settlement files (ECDSA P-256)',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-KMS5',
      reason: 'KMS does not rotate asymmetric keys; a second key is added before the first (docs/runbook.md).',
    });
  }

  get environment(): MoreEnvironment {
    return { SETTLEMENT_KEYS: this.keyArn };
  }

  mayVouch(grantee: IGrantable): void {
    allow(grantee, { actions: ['kms:GetPublicKey', 'kms:Sign'], on: [this.keyArn] });
  }
}
