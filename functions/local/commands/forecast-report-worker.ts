import { parentPort } from 'node:worker_threads';
import { runJob, type Job, type Material } from './forecast-report-jobs.ts';

/** Takes the material, then one job after the other. */
const port = parentPort;
port?.once('message', (material: Material) => {
  port.on('message', (job: Job) => {
    port.postMessage(runJob(job, material));
  });
});
