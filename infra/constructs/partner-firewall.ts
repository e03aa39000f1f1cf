import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { House } from './house.ts';

/** Requests in five minutes from one address; partners have few and are limited by their plans first. */
const ADDRESS_LIMIT = 2000;

const seen = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

const managed = (name: string, priority: number, counted: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name: `AWSManagedRules${name}`,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seen(name),
});

/** What stands before both partner APIs. */
export const partnerFirewall = (scope: Construct, { stage, operationsKey, config }: House): CfnWebACL => {
  const name = `hems-${stage}-partner`;
  const acl = new CfnWebACL(scope, 'Firewall', {
    name,
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: seen(name),
    rules: [
      {
        name: 'RateOfAddress',
        priority: 0,
        action: { block: { customResponse: { responseCode: 429 } } },
        statement: { rateBasedStatement: { limit: ADDRESS_LIMIT, evaluationWindowSec: 300, aggregateKeyType: 'IP' } },
        visibilityConfig: seen('RateOfAddress'),
      },
      managed('AmazonIpReputationList', 1),
      managed('KnownBadInputsRuleSet', 2),
      // a settlement or an hour of readings has more than 8 KiB, and programs name themselves as they like: the limit of a body is the door's
      managed('CommonRuleSet', 3, ['SizeRestrictions_BODY', 'NoUserAgent_HEADER']),
    ],
  });
  // WAF writes only to a group whose name begins like this
  const log = new LogGroup(scope, 'FirewallLog', {
    logGroupName: `aws-waf-logs-${name}`,
    encryptionKey: operationsKey,
    retention: config.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new CfnLoggingConfiguration(scope, 'FirewallLogging', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [
      // without the `:*` at the end that the group's own ARN has
      Stack.of(scope).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: log.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
    redactedFields: ['authorization', 'signature', 'signature-input', 'x-api-key'].map((header) => ({
      singleHeader: { Name: header },
    })),
    loggingFilter: {
      DefaultBehavior: 'DROP',
      Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
    },
  });
  return acl;
};
