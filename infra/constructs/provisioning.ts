import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { ServicePrincipal, type Role } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnProvisioningTemplate } from 'aws-cdk-lib/aws-iot';
import {
  CLAIM_CLIENT,
  GATEWAY_TYPE,
  PROVISIONING_STEPS,
  PROVISIONING_TEMPLATE,
  provisioningTopic,
} from '@hems/shared/events/provisioning';
import { Construct } from 'constructs';
import type { DataStack } from '../stacks/data.ts';
import type { FunctionEnvironment } from './environment.ts';
import { HemsFunction } from './function.ts';
import { mayWithdrawCertificates } from './gateways.ts';
import { allow } from './grants.ts';
import type { House } from './house.ts';
import { brokerRole } from './rule.ts';

export type ProvisioningProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly environment: FunctionEnvironment;
  /** the one policy of the fleet */
  readonly gatewayPolicy: string;
};

type Iot = (resource: string, name: string) => string;

/** To ask for a certificate and hear the answer: what a claim certificate may do, and a gateway that changes its own. */
export const provisioningStatements = (iot: Iot): object[] => {
  const answers = (kind: string) => PROVISIONING_STEPS.map((step) => iot(kind, `${provisioningTopic(step)}/*`));
  return [
    {
      Effect: 'Allow',
      Action: 'iot:Publish',
      Resource: PROVISIONING_STEPS.map((step) => iot('topic', provisioningTopic(step))),
    },
    { Effect: 'Allow', Action: 'iot:Subscribe', Resource: answers('topicfilter') },
    { Effect: 'Allow', Action: 'iot:Receive', Resource: answers('topic') },
  ];
};

const parameter = { Type: 'String' };
const ref = (name: string) => ({ Ref: name });
const CERTIFICATE_ID = 'AWS::IoT::Certificate::Id';

/** The thing, household and devices come from the hook, never from the gateway: it says its serial number and nothing else. */
const templateBody = (policyName: string): object => ({
  Parameters: {
    SerialNumber: parameter,
    ThingName: parameter,
    Household: parameter,
    Devices: parameter,
    [CERTIFICATE_ID]: parameter,
  },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: ref('ThingName'),
        ThingTypeName: GATEWAY_TYPE,
        AttributePayload: { household: ref('Household') },
      },
      // the claim has entered the thing already
      OverrideSettings: { AttributePayload: 'REPLACE', ThingTypeName: 'DO_NOTHING', ThingGroups: 'DO_NOTHING' },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: ref(CERTIFICATE_ID), Status: 'Active' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: policyName } },
  },
  DeviceConfiguration: { household: ref('Household'), devices: ref('Devices') },
});

/**
 * Fleet provisioning by claim: gateways leave the factory with a claim certificate that opens nothing but this, and the hook lets in
 * those that a household has claimed. The claim certificate is made by hand (runbook): its key must not pass through a template.
 */
export class Provisioning extends Construct {
  constructor(scope: Construct, id: string, { house, data, environment, gatewayPolicy }: ProvisioningProps) {
    super(scope, id);
    const iot: Iot = (resource, resourceName) => Stack.of(this).formatArn({ service: 'iot', resource, resourceName });
    const claims = new CfnPolicy(this, 'ClaimPolicy', {
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'iot:Connect', Resource: iot('client', `${CLAIM_CLIENT}*`) },
          ...provisioningStatements(iot),
        ],
      },
    });
    new CfnOutput(this, 'ClaimPolicyName', { value: claims.ref });

    const hook = new HemsFunction(this, 'Hook', {
      house,
      watchedBy: 'itself',
      entry: 'functions/events/provision-hook.ts',
      does: 'Decides whether a gateway is provisioned',
      environment: { ...environment, GATEWAY_POLICY: gatewayPolicy },
      logLevel: house.config.logLevel.api,
      // AWS IoT waits five seconds
      timeout: Duration.seconds(5),
      memoryMb: 512,
      hurt: 'Residents who have just bought a gateway wait in vain for it to come to life.',
      chapter: 'gateways-are-not-provisioned',
    });
    data.tables.homes.open(hook, 'readWrite');
    data.tables.operations.open(hook, 'read');
    mayWithdrawCertificates({ grantee: hook, role: hook.role ?? hook });
    hook.addPermission('TemplateInvokes', {
      principal: new ServicePrincipal('iot.amazonaws.com'),
      sourceArn: iot('provisioningtemplate', PROVISIONING_TEMPLATE),
      sourceAccount: Stack.of(this).account,
    });
    const role = this.#role(iot, gatewayPolicy);
    const template = new CfnProvisioningTemplate(this, 'Template', {
      templateName: PROVISIONING_TEMPLATE,
      description: 'Gateways that a household has claimed',
      enabled: true,
      provisioningRoleArn: role.roleArn,
      templateBody: Stack.of(this).toJsonString(templateBody(gatewayPolicy)),
      preProvisioningHook: { targetArn: hook.functionArn, payloadVersion: '2020-04-01' },
    });
    template.node.addDependency(role, hook);
  }

  /** What the template does, on this fleet's things and certificates; the policy that AWS offers for it opens everything. */
  #role(iot: Iot, gatewayPolicy: string): Role {
    const role = brokerRole(this, 'Role');
    allow(role, {
      actions: ['iot:DescribeThing', 'iot:CreateThing', 'iot:UpdateThing', 'iot:AttachThingPrincipal'],
      on: [iot('thing', '*')],
    });
    allow(role, {
      actions: ['iot:DescribeCertificate', 'iot:UpdateCertificate', 'iot:AttachPolicy', 'iot:AttachThingPrincipal'],
      on: [iot('cert', '*')],
    });
    allow(role, { actions: ['iot:GetPolicy'], on: [iot('policy', gatewayPolicy)] });
    allow(role, { actions: ['iot:DescribeThingType'], on: [iot('thingtype', GATEWAY_TYPE)] });
    for (const resource of ['thing', 'cert'])
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:aws:iot:${Stack.of(this).region}:<AWS::AccountId>:${resource}/*]`,
        reason: 'Which gateway is provisioned is known at the request only; the hook decides, and nothing is deleted.',
      });
    return role;
  }
}
