import type { Assembly } from './deploy-assembly.ts';

/** The steps of a deployment, for people. */
export const planLines = ({ stage, telemetryStore, ingestMode, region, stackNames }: Assembly): string[] => [
  `${stage} with telemetryStore=${telemetryStore} and ingest ${ingestMode} in ${region}:`,
  ...stackNames.map((name, at) => `  ${at + 1}. cdk deploy ${name}`),
  `  ${stackNames.length + 1}. config.json from the outputs of ${stackNames.filter((name) => /-(identity|api)$/.test(name)).join(' and ')}`,
  `  ${stackNames.length + 2}. build web/ and upload it to Amplify Hosting`,
  `  ${stackNames.length + 3}. npm run smoke -- --stage ${stage}`,
];

/** Printed before each deployment: the one limit that a fleet meets first, and that no template can raise. */
export const quotaHint = (region: string): string =>
  `IoT Core in ${region}: inbound publishes may be limited to 2,000 a second (120,000 homes at one message a minute). ` +
  'Read L-4B33E451 under Service Quotas, AWS IoT Core, and ask for more before homes connect.';
