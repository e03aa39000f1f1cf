import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { HemsAlarm, type Consequence } from '../constructs/alarm.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment, MoreEnvironment } from '../constructs/environment.ts';
import { ForecastImage } from '../constructs/forecast-image.ts';
import { ForecastRoles } from '../constructs/forecast-roles.ts';
import { endpointArns, forecastNames, parameterArn, VARIANT } from '../constructs/forecasts.ts';
import { HemsFunction } from '../constructs/function.ts';
import { allow } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { HemsSchedule } from '../constructs/schedule.ts';
import { HemsStateMachine } from '../constructs/state-machine.ts';
import type { DataStack } from './data.ts';

export type ForecastProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly environment: FunctionEnvironment;
};

const NOT_TRAINED: Consequence = {
  hurt: 'Residents get forecasts of an older model: the weekly training did not come to an end.',
  chapter: 'forecasts-are-not-trained',
};

/** Step Functions hears of the end of a training or a build by a rule that it makes itself, under a name of its own. */
const RULES = ['StepFunctionsGetEventsForSageMakerTrainingJobsRule', 'StepFunctionsGetEventForCodeBuildStartBuildRule'];

type JobProps = {
  readonly does: string;
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly more?: MoreEnvironment;
  readonly deadLetters?: DeadLetters;
};

/**
 * The weekly training of the forecasts: from what homes used to an endpoint that is in force. The template owns neither model nor endpoint nor the
 * parameter that names it; they are of the executions, and a deployment leaves them alone.
 */
export class ForecastStack extends HemsStack {
  readonly training: HemsStateMachine;
  readonly #props: ForecastProps;
  readonly #image: ForecastImage;
  readonly #roles: ForecastRoles;

  constructor(scope: Construct, props: ForecastProps) {
    super(scope, 'forecast', { choice: props.house, holds: 'the weekly training of the forecasts' });
    this.#props = props;
    const { house, data } = props;
    this.#image = new ForecastImage(this, 'Image', house);
    this.#roles = new ForecastRoles(this, 'SageMaker', { house, image: this.#image, bucket: data.training });
    this.training = new HemsStateMachine(this, 'Training', {
      house,
      name: 'forecast-training',
      file: 'functions/workflows/forecast-training.asl.json',
      tasks: { ExportTraining: this.#exportTraining(), JudgeTraining: this.#judgeTraining() },
      values: this.#values(),
    });
    this.#letTrain();
    this.#letServe();
    this.#start();
    this.#watchTraining();
    for (const endpoint of forecastNames(house.stage).endpoints) this.#watchEndpoint(endpoint);
  }

  #job(id: string, entry: string, { more, ...props }: JobProps): HemsFunction {
    const { house, environment } = this.#props;
    return new HemsFunction(this, id, {
      house,
      watchedBy: 'itself',
      entry: `functions/jobs/${entry}.ts`,
      environment: { ...environment, ...more },
      logLevel: 'info',
      ...NOT_TRAINED,
      ...props,
    });
  }

  #exportTraining(): HemsFunction {
    const { data } = this.#props;
    const job = this.#job('ExportTraining', 'export-training', {
      does: 'Writes what the forecasts are trained on, and the model to compare with',
      // a million homes of which few agree are asked one by one
      timeout: Duration.seconds(880),
      memoryMb: 1769,
      more: { OBJECTS: data.training.bucketName },
    });
    data.tables.homes.open(job, 'read');
    data.tables.energy.open(job, 'read');
    const role = job.role ?? job;
    data.training.open(job, { role, folder: 'training', access: 'write' });
    data.training.open(job, { role, folder: 'models', access: 'read' });
    return job;
  }

  #judgeTraining(): HemsFunction {
    const { data } = this.#props;
    const job = this.#job('JudgeTraining', 'judge-training', {
      does: 'Says whether a model that was trained takes the place of the one in force',
      timeout: Duration.seconds(60),
      memoryMb: 1024,
      more: { OBJECTS: data.training.bucketName },
    });
    data.training.open(job, { role: job.role ?? job, folder: 'models', access: 'read' });
    return job;
  }

  #values(): Record<string, string> {
    const { house, data } = this.#props;
    const { prefix, parameter } = forecastNames(house.stage);
    return {
      Prefix: prefix,
      Parameter: parameter,
      Bucket: data.training.bucketName,
      Key: house.dataKey.keyArn,
      Repository: this.#image.repository.repositoryName,
      ImageTag: this.#image.tag,
      Image: this.#image.uri,
      Project: this.#image.projectName,
      TrainingRole: this.#roles.training.roleArn,
      ServingRole: this.#roles.serving.roleArn,
      Variant: VARIANT,
    };
  }

  #letTrain(): void {
    const { role } = this.training;
    const { prefix } = forecastNames(this.#props.house.stage);
    allow(role, { actions: ['ecr:BatchGetImage'], on: [this.#image.repository.repositoryArn] });
    allow(role, {
      actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
      on: [this.#image.projectArn],
    });
    allow(role, {
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      on: RULES.map((resourceName) => this.formatArn({ service: 'events', resource: 'rule', resourceName })),
    });
    allow(role, {
      actions: [
        'sagemaker:AddTags',
        'sagemaker:CreateTrainingJob',
        'sagemaker:DescribeTrainingJob',
        'sagemaker:ListTags',
        'sagemaker:StopTrainingJob',
      ],
      on: [this.#ofTraining('training-job')],
    });
    allow(role, {
      actions: ['iam:PassRole'],
      on: [this.#roles.training.roleArn, this.#roles.serving.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    });
    for (const kind of ['training-job', 'model', 'endpoint-config'])
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:aws:sagemaker:${this.region}:<AWS::AccountId>:${kind}/${prefix}-*]`,
        reason: 'Each is named after the execution that makes it; those of nobody else are open.',
      });
  }

  #letServe(): void {
    const { role } = this.training;
    const { stage } = this.#props.house;
    const [model, config] = [this.#ofTraining('model'), this.#ofTraining('endpoint-config')];
    allow(role, { actions: ['sagemaker:CreateModel', 'sagemaker:DeleteModel'], on: [model] });
    // who makes a configuration has to be let use the model in it
    allow(role, {
      actions: ['sagemaker:CreateEndpointConfig', 'sagemaker:DeleteEndpointConfig'],
      on: [config, model],
    });
    allow(role, {
      actions: ['sagemaker:CreateEndpoint', 'sagemaker:UpdateEndpoint'],
      on: [...endpointArns(this, stage), config],
    });
    allow(role, {
      actions: ['sagemaker:DeleteEndpoint', 'sagemaker:DescribeEndpoint'],
      on: endpointArns(this, stage),
    });
    allow(role, { actions: ['sagemaker:ListEndpoints'], on: ['*'] });
    allow(role, { actions: ['ssm:GetParameters', 'ssm:PutParameter'], on: [parameterArn(this, stage)] });
  }

  #ofTraining(resource: string): string {
    const { prefix } = forecastNames(this.#props.house.stage);
    return Stack.of(this).formatArn({
      service: 'sagemaker',
      resource,
      resourceName: `${prefix}-*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }

  #start(): void {
    const { house } = this.#props;
    const deadLetters = new DeadLetters(this, 'MissedCalls', { house, hurt: NOT_TRAINED.hurt });
    const start = this.#job('StartTraining', 'start-training', {
      does: 'Starts the weekly training',
      timeout: Duration.seconds(30),
      memoryMb: 256,
      more: { FORECAST_TRAINING: this.training.arn },
      deadLetters,
    });
    this.training.open(start);
    new HemsSchedule(this, 'TrainWeekly', {
      does: 'The training of the forecasts, Sundays 22:00 in Korea: before the daily run of that day',
      expression: 'cron(0 22 ? * SUN *)',
      calls: start,
      deadLetters,
    });
  }

  #watchTraining(): void {
    const failed = { failed: 'ExecutionsFailed', late: 'ExecutionsTimedOut', stopped: 'ExecutionsAborted' };
    new HemsAlarm(this, 'TrainingFails', {
      house: this.#props.house,
      ...NOT_TRAINED,
      metric: new MathExpression({
        expression: 'SUM(METRICS())',
        usingMetrics: Object.fromEntries(
          Object.entries(failed).map(([name, metric]) => [name, this.training.metric(metric)]),
        ),
        label: 'Trainings that did not succeed',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }

  /** A call that comes while the endpoint wakes up or is full fails now and then, and whoever asked falls back: many are a fault. */
  #watchEndpoint(endpoint: string): void {
    new HemsAlarm(this, endpoint.endsWith('blue') ? 'BlueFails' : 'GreenFails', {
      house: this.#props.house,
      hurt: 'Residents get the forecasts of the model that ships: the endpoint in force, with the model that was trained, answers with errors.',
      chapter: 'forecast-endpoint-fails',
      metric: new MathExpression({
        expression: 'SUM(METRICS())',
        usingMetrics: {
          own: endpointMetric(endpoint, 'Invocation5XXErrors'),
          theirs: endpointMetric(endpoint, 'Invocation4XXErrors'),
        },
        label: 'Calls that failed',
        period: Duration.minutes(5),
      }),
      threshold: 20,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
    });
  }
}

const endpointMetric = (endpoint: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/SageMaker',
    metricName,
    dimensionsMap: { EndpointName: endpoint, VariantName: VARIANT },
    statistic: Stats.SUM,
    period: Duration.minutes(5),
  });
