import { GetTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';

/** What `npm run smoke` asks of a deployed stage with the operator's own credentials. */
export const isRuleEnabled = async (region: string, ruleName: string): Promise<boolean> => {
  const { rule } = await new IoTClient({ region }).send(new GetTopicRuleCommand({ ruleName }));
  return rule?.ruleDisabled === false;
};

/** Subscribers who have confirmed; one who has not is not heard. */
export const confirmedSubscribers = async (region: string, topicArn: string): Promise<number> => {
  const { Subscriptions: subscriptions = [] } = await new SNSClient({ region }).send(
    new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }),
  );
  return subscriptions.filter(({ SubscriptionArn: arn = '' }) => arn.startsWith('arn:')).length;
};

export const publishAsOperator = async (region: string, topic: string, payload: string): Promise<void> => {
  await new IoTDataPlaneClient({ region }).send(new PublishCommand({ topic, qos: 1, payload: Buffer.from(payload) }));
};
