import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { answerOf, stackOutputs } from './deploy-account.ts';

const cloudFormation = mockClient(CloudFormationClient);
afterEach(() => cloudFormation.reset());

const refusal = (name: string, message: string) =>
  new CloudFormationServiceException({ name, message, $fault: 'client', $metadata: {} });

describe('outputs of a stack', () => {
  it('come by name', async () => {
    cloudFormation.on(DescribeStacksCommand, { StackName: 'hems-dev-foundation' }).resolves({
      Stacks: [
        {
          StackName: 'hems-dev-foundation',
          CreationTime: new Date(0),
          StackStatus: 'UPDATE_COMPLETE',
          Outputs: [{ OutputKey: 'TelemetryStore', OutputValue: 'blocks' }],
        },
      ],
    });
    expect(await stackOutputs('ap-northeast-2', 'hems-dev-foundation')).toEqual({ TelemetryStore: 'blocks' });
  });

  it('are undefined where there is no such stack, in the words of CloudFormation', async () => {
    cloudFormation
      .on(DescribeStacksCommand)
      .rejects(refusal('ValidationError', 'Stack with id hems-dev-foundation does not exist'));
    expect(await stackOutputs('ap-northeast-2', 'hems-dev-foundation')).toBeUndefined();
  });

  it('are not taken for absent when nobody may look', async () => {
    const message =
      'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: cloudformation:DescribeStacks';
    cloudFormation.on(DescribeStacksCommand).rejects(refusal('AccessDenied', message));
    const answer = await answerOf(stackOutputs('ap-northeast-2', 'CDKToolkit'));
    expect(answer).toEqual({
      refused: { name: 'Error', message: `CDKToolkit in ap-northeast-2: AccessDenied: ${message}` },
    });
  });
});
