import { join } from 'node:path';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnProject, LinuxBuildImage } from 'aws-cdk-lib/aws-codebuild';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { allow } from './grants.ts';
import type { House } from './house.ts';

const MODELS = join(import.meta.dirname, '../../models');

/** The same base from the registry of AWS, which does not count pulls. */
const BASE = 'public.ecr.aws/docker/library/node:24.21.0-slim';
/** One image a week at most is made, and the model in force may be as old as half a year. */
const IMAGES_KEPT = 30;

/**
 * SageMaker takes no image of the OCI format: attestations make one, and so does a builder that prefers it. One that came out so after all is taken
 * away again, or the next training would find its tag.
 */
const COMMANDS = [
  'aws ecr get-login-password | docker login --username AWS --password-stdin "$REPOSITORY"',
  'mkdir /tmp/context && cp -r . /tmp/context/models',
  `docker buildx build --platform linux/amd64 --provenance=false --output type=docker --build-arg BASE=${BASE} -f /tmp/context/models/forecast/image/Dockerfile -t "$REPOSITORY:$IMAGE_TAG" /tmp/context`,
  'docker run --rm "$REPOSITORY:$IMAGE_TAG" 2>&1 | grep "the image takes train or serve"',
  'docker push "$REPOSITORY:$IMAGE_TAG"',
  'docker manifest inspect "$REPOSITORY:$IMAGE_TAG" | grep application/vnd.docker.distribution.manifest.v2+json || { aws ecr batch-delete-image --repository-name "$NAME" --image-ids imageTag="$IMAGE_TAG"; false; }',
];

const PULLS = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const PUSHES = [
  'ecr:BatchDeleteImage',
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

/**
 * The image that trains and serves: its repository, and the build in the cloud from `models/` as it was deployed. The tag is the hash of that source;
 * the weekly training builds the image when its tag is not there, so a deployment waits for none.
 */
export class ForecastImage extends Construct {
  readonly repository: Repository;
  readonly tag: string;
  readonly projectArn: string;
  readonly projectName: string;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const source = new Asset(this, 'Source', {
      path: MODELS,
      // what ships inside the functions is not in the image
      exclude: ['**/*.test.ts', 'node_modules', 'forecast/shipped-model.*', '.DS_Store'],
    });
    this.tag = source.assetHash;
    this.repository = new Repository(this, 'Images', {
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [{ maxImageCount: IMAGES_KEPT }],
      removalPolicy: RemovalPolicy.DESTROY,
      emptyOnDelete: true,
    });
    const project = this.#project(source, house);
    this.projectArn = project.attrArn;
    this.projectName = project.ref;
  }

  get uri(): string {
    return `${this.repository.repositoryUri}:${this.tag}`;
  }

  /** Whoever pulls first asks for a token, which takes no resource. */
  mayPull(role: Role): void {
    allow(role, { actions: PULLS, on: [this.repository.repositoryArn] });
    allow(role, { actions: ['ecr:GetAuthorizationToken'], on: ['*'] });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The token of a registry and metrics take no resource; a test lists every statement with a bare *.',
    });
  }

  #project(source: Asset, house: House): CfnProject {
    const log = new LogGroup(this, 'Log', {
      encryptionKey: house.operationsKey,
      retention: house.config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const project = new CfnProject(this, 'Project', {
      description: 'Builds the image that trains and serves the forecasts',
      serviceRole: this.#role(source, log).roleArn,
      source: {
        type: 'S3',
        location: `${source.s3BucketName}/${source.s3ObjectKey}`,
        buildSpec: JSON.stringify({ version: '0.2', phases: { build: { commands: COMMANDS } } }),
      },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        computeType: 'BUILD_GENERAL1_SMALL',
        image: LinuxBuildImage.AMAZON_LINUX_2023_5.imageId,
        privilegedMode: true,
        environmentVariables: [
          { name: 'NAME', value: this.repository.repositoryName },
          { name: 'REPOSITORY', value: this.repository.repositoryUri },
          { name: 'IMAGE_TAG', value: this.tag },
        ],
      },
      encryptionKey: house.dataKey.keyArn,
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: log.logGroupName } },
      concurrentBuildLimit: 1,
      timeoutInMinutes: 20,
    });
    Validations.of(project).acknowledge({
      id: 'AwsSolutions-CB3',
      reason: 'An image is built by a Docker daemon of its own, which needs the privilege; the source is ours.',
    });
    return project;
  }

  #role(source: Asset, log: LogGroup): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.mayPull(role);
    allow(role, { actions: PUSHES, on: [this.repository.repositoryArn] });
    allow(role, {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      on: [source.bucket.arnForObjects(source.s3ObjectKey)],
    });
    allow(role, { actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'], on: [source.bucket.bucketArn] });
    allow(role, { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: [log.logGroupArn] });
    return role;
  }
}
