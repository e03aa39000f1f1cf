import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { allow, mayUseKey } from './grants.ts';
import type { House } from './house.ts';

/** The key to the weather service of the public data portal. It is made with a value of no use; the operator puts the portal's in. */
export class WeatherKey extends Secret {
  readonly #house: House;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id, {
      description: 'Service key of the public data portal for temperatures (KMA); put the portal’s value in',
      encryptionKey: house.operationsKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#house = house;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The portal gives the key to a person and has no call to change it.',
    });
  }

  open(grantee: IGrantable): void {
    allow(grantee, { actions: ['secretsmanager:GetSecretValue'], on: [this.secretArn] });
    mayUseKey(grantee, { key: this.#house.operationsKey, through: 'secretsmanager', access: 'read' });
  }
}
