import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import * as z from 'zod';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Task } from '../workflows/state-machine.ts';
import { imageProcesses, type Served, type Tree } from './image-processes.ts';

/** SageMaker, as far as the state machine `forecast-training` calls it; what it trains and serves are the image's own processes. */

type Endpoint = {
  readonly status: string;
  readonly config: string;
  readonly served?: Served;
  /** what it is once somebody has looked at it; undefined: gone */
  readonly next?: { readonly endpoint: Endpoint | undefined };
};
type Channel = z.infer<typeof channel>;

// the fields that the API wants, and no other: a name that is misspelt fails here as it does there
const text = z.string().min(1);
const name = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
const channel = z.strictObject({
  ChannelName: name,
  ContentType: text,
  DataSource: z.strictObject({
    S3DataSource: z.strictObject({
      S3DataType: z.enum(['S3Prefix', 'ManifestFile', 'AugmentedManifestFile']),
      S3Uri: z.string().startsWith('s3://'),
      S3DataDistributionType: z.enum(['FullyReplicated', 'ShardedByS3Key']),
    }),
  }),
});
const aJob = z.strictObject({
  TrainingJobName: name,
  RoleArn: text,
  AlgorithmSpecification: z.strictObject({
    TrainingImage: text,
    TrainingInputMode: z.enum(['File', 'Pipe', 'FastFile']),
    MetricDefinitions: z.array(z.strictObject({ Name: text, Regex: text })).max(40),
  }),
  InputDataConfig: z.array(channel),
  OutputDataConfig: z.strictObject({ S3OutputPath: z.string().startsWith('s3://'), KmsKeyId: text }),
  ResourceConfig: z.strictObject({ InstanceType: text, InstanceCount: z.int().min(1), VolumeSizeInGB: z.int().min(1) }),
  EnableManagedSpotTraining: z.boolean(),
  EnableNetworkIsolation: z.boolean(),
  StoppingCondition: z
    .strictObject({ MaxRuntimeInSeconds: z.int().min(1), MaxWaitTimeInSeconds: z.int() })
    .refine(({ MaxRuntimeInSeconds: run, MaxWaitTimeInSeconds: wait }) => wait >= run),
});
const aModel = z.strictObject({
  ModelName: name,
  ExecutionRoleArn: text,
  PrimaryContainer: z.strictObject({ Image: text, ModelDataUrl: z.string().startsWith('s3://') }),
});
const aVariant = z.strictObject({
  VariantName: name,
  ModelName: name,
  ServerlessConfig: z.strictObject({
    MemorySizeInMB: z.int().min(1024).max(6144).multipleOf(1024),
    MaxConcurrency: z.int().min(1).max(200),
  }),
});
const aConfig = z.strictObject({ EndpointConfigName: name, ProductionVariants: z.tuple([aVariant]) });
const anEndpoint = z.strictObject({ EndpointName: name, EndpointConfigName: name });
const aPart = z.strictObject({ NameContains: text, SortBy: z.literal('Name'), SortOrder: z.literal('Ascending') });
const aName = z.strictObject({ EndpointName: name });

const CALLS = 'arn:aws:states:::aws-sdk:sagemaker:';

/** The name of an error decides what a state machine catches. */
const failed = (message: string): Error => Object.assign(new Error(message), { name: 'States.TaskFailed' });

const put = <T>(all: Map<string, T>, key: string, value: T): object => {
  if (all.has(key)) throw failed(`${key} exists`);
  all.set(key, value);
  return {};
};
const remove =
  (all: Map<string, unknown>, field: string): Task =>
  async (input) => {
    const one = z.strictObject({ [field]: name }).parse(input)[field] ?? '';
    if (!all.delete(one)) throw failed(`could not find ${one}`);
    return {};
  };

export const fakeSageMaker = (objects: ObjectStore, bucket: string) => {
  const image = imageProcesses();
  const models = new Map<string, string>();
  const configs = new Map<string, string>();
  const endpoints = new Map<string, Endpoint>();
  /** of the last training, as its job defines them over what it printed; not a number: never printed */
  const metrics = new Map<string, number>();
  /** statuses of endpoints that were told, in their order */
  const told: string[] = [];
  const is = {
    /** text to text, as SageMaker hands them over */
    hyperparameters: {} as Readonly<Record<string, string>>,
    /** the artifact of an earlier training, where what is learnt does not matter: it is left again, under a version of its own */
    trained: undefined as string | undefined,
    /** what lies in the way of a model before an endpoint loads it */
    over: {} as Tree,
  };
  const keyOf = (url: string): string => url.replace(`s3://${bucket}/`, '');
  const bytesAt = async (key: string): Promise<Uint8Array> => {
    const bytes = await objects.get(key);
    if (!bytes) throw failed(`NoSuchKey: ${key}`);
    return bytes;
  };
  const treeOf = async (channels: readonly Channel[]): Promise<Tree> => {
    const tree: Record<string, Uint8Array | string> = {
      'input/config/hyperparameters.json': JSON.stringify(is.hyperparameters),
    };
    for (const { ChannelName: folder, DataSource: source } of channels)
      for (const key of await objects.list(keyOf(source.S3DataSource.S3Uri)))
        tree[`input/data/${folder}/${basename(key)}`] = await bytesAt(key);
    return tree;
  };
  const train: Task = async (input) => {
    const job = aJob.parse(input);
    const url = `${job.OutputDataConfig.S3OutputPath}/${job.TrainingJobName}/output/model.tar.gz`;
    const learn = async () =>
      image.train(await treeOf(job.InputDataConfig)).catch((error: Error) => {
        throw failed(error.message);
      });
    const again = async (key: string) => ({
      archive: await image.relabelled(await bytesAt(key), versionOf(job.TrainingJobName)),
      printed: '',
    });
    const { archive, printed } = is.trained ? await again(is.trained) : await learn();
    for (const { Name: metric, Regex: regex } of job.AlgorithmSpecification.MetricDefinitions)
      metrics.set(metric, Number(new RegExp(regex, 'm').exec(printed)?.[1] ?? NaN));
    await objects.put(keyOf(url), archive);
    return { TrainingJobName: job.TrainingJobName, ModelArtifacts: { S3ModelArtifacts: url } };
  };
  /** A new endpoint that does not answer is `Failed`; one that is renewed goes back to what it was. Neither is at once. */
  const deploy = async ({ EndpointName: endpoint, EndpointConfigName: config }: z.infer<typeof anEndpoint>) => {
    const before = endpoints.get(endpoint);
    const url = models.get(configs.get(config) ?? '') ?? '';
    endpoints.set(endpoint, { ...(before ?? { config }), status: before ? 'Updating' : 'Creating' });
    const served = await image.serve(await bytesAt(keyOf(url)), is.over);
    const after = served ? { status: 'InService', config, served } : (before ?? { status: 'Failed', config });
    endpoints.set(endpoint, {
      ...(before ?? { config }),
      status: before ? 'Updating' : 'Creating',
      next: { endpoint: after },
    });
    return {};
  };
  const services: Record<string, Task> = {
    'arn:aws:states:::sagemaker:createTrainingJob.sync': train,
    [`${CALLS}createModel`]: async (input) => {
      const { ModelName: model, PrimaryContainer: container } = aModel.parse(input);
      return put(models, model, container.ModelDataUrl);
    },
    [`${CALLS}createEndpointConfig`]: async (input) => {
      const { EndpointConfigName: config, ProductionVariants: variants } = aConfig.parse(input);
      return put(configs, config, variants[0].ModelName);
    },
    ...endpointCalls({ endpoints, told, deploy }),
    [`${CALLS}deleteEndpointConfig`]: remove(configs, 'EndpointConfigName'),
    [`${CALLS}deleteModel`]: remove(models, 'ModelName'),
  };
  return { services, is, models, configs, endpoints, metrics, told, stop: image.stop };
};

/** What the fake calls the model that a training leaves again. */
export const versionOf = (trainingJob: string): string =>
  `m-${createHash('sha256').update(trainingJob).digest('hex').slice(0, 12)}`;

type Endpoints = {
  readonly endpoints: Map<string, Endpoint>;
  readonly told: string[];
  readonly deploy: (endpoint: z.infer<typeof anEndpoint>) => Promise<object>;
};

/** What it was becoming, it is from the next look on. */
const lookAt = ({ endpoints, told }: Endpoints, key: string): Endpoint | undefined => {
  const found = endpoints.get(key);
  if (found) told.push(found.status);
  if (found?.next?.endpoint) {
    if (found.served !== found.next.endpoint.served) found.served?.process.kill('SIGTERM');
    endpoints.set(key, found.next.endpoint);
  }
  if (found?.next && !found.next.endpoint) endpoints.delete(key);
  return found;
};

const endpointCalls = (all: Endpoints): Record<string, Task> => ({
  [`${CALLS}createEndpoint`]: async (input) => {
    const endpoint = anEndpoint.parse(input);
    if (all.endpoints.has(endpoint.EndpointName)) throw failed('there is an endpoint of that name');
    return all.deploy(endpoint);
  },
  [`${CALLS}updateEndpoint`]: async (input) => {
    const endpoint = anEndpoint.parse(input);
    if (all.endpoints.get(endpoint.EndpointName)?.status !== 'InService') throw failed('it is not in service');
    return all.deploy(endpoint);
  },
  [`${CALLS}listEndpoints`]: async (input) => {
    const { NameContains: part } = aPart.parse(input);
    const found = [...all.endpoints.keys()].filter((one) => one.includes(part)).toSorted();
    return {
      Endpoints: found.map((one) => ({ EndpointName: one, EndpointStatus: lookAt(all, one)?.status })),
    };
  },
  [`${CALLS}describeEndpoint`]: async (input) => {
    const found = lookAt(all, aName.parse(input).EndpointName);
    if (!found) throw failed('there is no endpoint of that name');
    return { EndpointStatus: found.status, EndpointConfigName: found.config };
  },
  [`${CALLS}deleteEndpoint`]: async (input) => {
    const { EndpointName: endpoint } = aName.parse(input);
    const found = all.endpoints.get(endpoint);
    if (!found) throw failed('there is no endpoint of that name');
    found.served?.process.kill('SIGTERM');
    all.endpoints.set(endpoint, { status: 'Deleting', config: found.config, next: { endpoint: undefined } });
    return {};
  },
});
