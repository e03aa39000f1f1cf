import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DescribeEndpointsCommand, TimestreamWriteClient } from '@aws-sdk/client-timestream-write';

/** What an account answered, or the name and message of its refusal. */
export type Answer<T> = { readonly is: T } | { readonly refused: { readonly name: string; readonly message: string } };

export const answerOf = async <T>(asking: Promise<T>): Promise<Answer<T>> => {
  try {
    return { is: await asking };
  } catch (error) {
    return {
      refused:
        error instanceof Error
          ? { name: error.name, message: error.message }
          : { name: 'Error', message: String(error) },
    };
  }
};

export const callerAccount = async (region: string): Promise<string> => {
  const { Account: account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  if (account === undefined) throw new Error('STS told no account');
  return account;
};

/** Outputs of a stack, or undefined where there is no such stack. */
export const stackOutputs = async (region: string, stackName: string): Promise<Record<string, string> | undefined> => {
  const answer = await answerOf(
    new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName: stackName })),
  );
  if ('refused' in answer) {
    const { name, message } = answer.refused;
    if (name === 'ValidationError' && message.includes('does not exist')) return undefined;
    throw new Error(`${stackName} in ${region}: ${name}: ${message}`);
  }
  const outputs = answer.is.Stacks?.[0]?.Outputs ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey: key = '', OutputValue: value = '' }) => [key, value]));
};

/** The endpoints that Timestream for LiveAnalytics gives this account; a new account is refused. */
export const timestreamEndpoints = async (region: string): Promise<string[]> => {
  const client = new TimestreamWriteClient({ region, maxAttempts: 3 });
  const { Endpoints: endpoints = [] } = await client.send(new DescribeEndpointsCommand({}));
  return endpoints.flatMap(({ Address: address }) => (address === undefined ? [] : [address]));
};
