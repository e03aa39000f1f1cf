import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AmplifyClient,
  CreateDeploymentCommand,
  GetJobCommand,
  StartDeploymentCommand,
  type AmplifyClientConfig,
} from '@aws-sdk/client-amplify';

export type WebFiles = ReadonlyMap<string, Uint8Array>;
export type WebTarget = { readonly appId: string; readonly branchName: string };
type Job = WebTarget & { readonly jobId: string };

const POLL_MS = 2000;
const PATIENCE_MS = 5 * 60_000;

const upload = async (url: string, path: string, body: Uint8Array): Promise<void> => {
  const response = await fetch(url, { method: 'PUT', body: Buffer.from(body) });
  if (!response.ok) throw new Error(`Amplify did not take ${path}: ${response.status} ${await response.text()}`);
};

/** Amplify's jobs end SUCCEED, FAILED or CANCELLED. */
const finished = async (client: AmplifyClient, job: Job, pollMs: number): Promise<void> => {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const { job: state } = await client.send(new GetJobCommand(job));
    const status = state?.summary?.status;
    if (status === 'SUCCEED') return;
    if (status === 'FAILED' || status === 'CANCELLED')
      throw new Error(`Amplify ended job ${job.jobId} of app ${job.appId} as ${status}`);
    await sleep(pollMs);
  }
  throw new Error(`Amplify has not ended job ${job.jobId} of app ${job.appId} within ${PATIENCE_MS / 60_000} minutes`);
};

/** Replaces what the branch serves by these files, by path without a leading slash. Resolves when it is served. */
export const publishWeb = async (
  config: AmplifyClientConfig & { readonly pollMs?: number },
  target: WebTarget,
  files: WebFiles,
): Promise<void> => {
  const client = new AmplifyClient(config);
  const fileMap = Object.fromEntries(
    [...files].map(([path, body]) => [path, createHash('md5').update(body).digest('hex')]),
  );
  const { jobId, fileUploadUrls = {} } = await client.send(new CreateDeploymentCommand({ ...target, fileMap }));
  if (jobId === undefined) throw new Error(`Amplify opened no deployment of app ${target.appId}`);
  await Promise.all(
    [...files].map(([path, body]) => {
      const url = fileUploadUrls[path];
      if (url === undefined) throw new Error(`Amplify gave no address for ${path}`);
      return upload(url, path, body);
    }),
  );
  await client.send(new StartDeploymentCommand({ ...target, jobId }));
  await finished(client, { ...target, jobId }, config.pollMs ?? POLL_MS);
};
