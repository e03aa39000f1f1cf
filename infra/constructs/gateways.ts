import { Stack, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './grants.ts';

type Grantee = IGrantable & Construct;

const WHY =
  'Which gateway it is becomes known at the request only; who may ask is checked there. Things, certificates and clients are of this fleet.';

const iot = (grantee: Grantee, resource: string): string =>
  Stack.of(grantee).formatArn({ service: 'iot', resource, resourceName: '*' });

const explain = (grantee: Grantee, on: Construct, resource: string): void => {
  const { region } = Stack.of(grantee);
  Validations.of(on).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:aws:iot:${region}:<AWS::AccountId>:${resource}/*]`,
    reason: WHY,
  });
};

/** Where the finding of a grant is told: at the role's own policy. */
export type Explained = { readonly grantee: Grantee; readonly role: Construct };

/** May close a certificate that a gateway has not come with; there is no session to end. */
export const mayWithdrawCertificates = ({ grantee, role }: Explained): void => {
  allow(grantee, { actions: ['iot:UpdateCertificate'], on: [iot(grantee, 'cert')] });
  explain(grantee, role, 'cert');
};

/** May close the certificates of a gateway and end its session; nothing is deleted. */
export const mayCutOffGateways = ({ grantee, role }: Explained): void => {
  mayWithdrawCertificates({ grantee, role });
  allow(grantee, { actions: ['iot:ListThingPrincipals'], on: [iot(grantee, 'thing')] });
  allow(grantee, { actions: ['iot:DeleteConnection'], on: [iot(grantee, 'client')] });
  for (const resource of ['thing', 'client']) explain(grantee, role, resource);
};

/** May also make the thing of a gateway. */
export const mayKeepGateways = ({ grantee, role }: Explained): void => {
  allow(grantee, { actions: ['iot:DescribeThing', 'iot:CreateThing'], on: [iot(grantee, 'thing')] });
  mayCutOffGateways({ grantee, role });
};

/** May also take a gateway out, thing and certificates: the erasure alone. */
export const mayEndGateways = ({ grantee, role }: Explained): void => {
  mayCutOffGateways({ grantee, role });
  const detach = 'iot:DetachThingPrincipal';
  allow(grantee, {
    actions: ['iot:DescribeThing', 'iot:UpdateThing', detach, 'iot:DeleteThing'],
    on: [iot(grantee, 'thing')],
  });
  allow(grantee, { actions: [detach, 'iot:DeleteCertificate'], on: [iot(grantee, 'cert')] });
};
