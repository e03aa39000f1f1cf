import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';

export type Access = 'read' | 'write' | 'readWrite';

type Statement = {
  readonly actions: string[];
  readonly on: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
};

/** One statement in the grantee's own policy. */
export const allow = (grantee: IGrantable, { on, ...statement }: Statement): void => {
  Grant.addToPrincipal({ grantee, resourceArns: on, ...statement }).assertSuccess();
};

const OPEN = ['kms:Decrypt', 'kms:DescribeKey'];
const SEAL = ['kms:Encrypt', 'kms:GenerateDataKey'];
const KEY_ACTIONS: Record<Access, string[]> = {
  read: OPEN,
  // to add to what is encrypted, its key is opened first
  write: [...OPEN, ...SEAL],
  readWrite: [...OPEN, ...SEAL],
};

export type KeyUse = {
  readonly key: IKey;
  readonly through: 'dynamodb' | 'kinesis' | 'sqs' | 's3' | 'timestream' | 'secretsmanager';
  readonly access: Access;
};

/** The key opens through the named service only; nobody decrypts with it directly. */
export const mayUseKey = (grantee: IGrantable, { key, through, access }: KeyUse): void => {
  const { region } = Stack.of(key);
  allow(grantee, {
    actions: KEY_ACTIONS[access],
    on: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${through}.${region}.amazonaws.com` } },
  });
};

/** May say what happened. */
export const maySay = (grantee: IGrantable, { attrArn }: CfnEventBus): void =>
  allow(grantee, { actions: ['events:PutEvents'], on: [attrArn] });
