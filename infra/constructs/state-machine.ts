import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, type IConstruct } from 'constructs';
import { allow } from './grants.ts';
import type { House } from './house.ts';

const ROOT = join(import.meta.dirname, '../..');

export type HemsStateMachineProps = {
  readonly house: House;
  /** without the stage */
  readonly name: string;
  /** path from the repository's root, in the Amazon States Language; the local host executes the same file */
  readonly file: `functions/workflows/${string}.asl.json`;
  /** by the name that the file has for them, `${Name}` */
  readonly tasks: Readonly<Record<string, IFunction>>;
  /** what else the file has a name for */
  readonly values?: Readonly<Record<string, string>>;
};

/** What Step Functions asks of a role that may log and trace; none of it takes a resource. */
const LOGS = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
const TRACES = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/**
 * A state machine from its file. It has a name of its own because its role names it: a distributed map starts its children as executions of
 * the same machine.
 */
export class HemsStateMachine extends Construct {
  readonly arn: string;
  /** may invoke the tasks; for calls of services, whoever builds the machine adds to it */
  readonly role: Role;
  readonly #executions: string;

  constructor(scope: Construct, id: string, { house, name, file, tasks, values }: HemsStateMachineProps) {
    super(scope, id);
    const stateMachineName = `hems-${house.stage}-${name}`;
    const arn = (resource: string, resourceName: string): string =>
      Stack.of(this).formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    this.#executions = arn('execution', `${stateMachineName}:*`);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      encryptionKey: house.operationsKey,
      retention: house.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = this.#role(Object.values(tasks), arn('stateMachine', stateMachineName));
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName,
      stateMachineType: 'STANDARD',
      roleArn: this.role.roleArn,
      definitionString: JSON.stringify(JSON.parse(readFileSync(join(ROOT, file), 'utf8'))),
      definitionSubstitutions: {
        ...Object.fromEntries(Object.entries(tasks).map(([task, { functionArn }]) => [task, functionArn])),
        ...values,
      },
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    machine.node.addDependency(this.role);
    this.arn = machine.attrArn;
  }

  /** May start an execution and ask how one fares. */
  open(caller: IFunction): void {
    allow(caller, { actions: ['states:StartExecution'], on: [this.arn] });
    allow(caller, { actions: ['states:DescribeExecution'], on: [this.#executions] });
    this.#explainExecutions(caller.role ?? caller);
  }

  metric(metricName: string): Metric {
    return new Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: this.arn },
      statistic: Stats.SUM,
    });
  }

  #role(tasks: readonly IFunction[], ownArn: string): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    allow(role, { actions: ['lambda:InvokeFunction'], on: tasks.map(({ functionArn }) => functionArn) });
    allow(role, { actions: ['states:StartExecution'], on: [ownArn] });
    allow(role, { actions: ['states:DescribeExecution', 'states:StopExecution'], on: [this.#executions] });
    allow(role, { actions: [...LOGS, ...TRACES], on: ['*'] });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Delivering logs and sending traces take no resource; a test lists every statement with a bare *.',
    });
    this.#explainExecutions(role);
    return role;
  }

  #explainExecutions(grantee: IConstruct): void {
    const { region } = Stack.of(this);
    const [, name] = this.#executions.split(':execution:');
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:aws:states:${region}:<AWS::AccountId>:execution:${name}]`,
      reason: 'An execution has its name from the day and the attempt; those of no other state machine are open.',
    });
  }
}
