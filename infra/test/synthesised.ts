import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IngestMode, StackName, StageName, TelemetryStore } from '../config.ts';
import { RULES_OF_THE_LIBRARY } from '../library-rules.ts';
import { hemsStage } from '../stage.ts';

/** The stacks of one deployment. Functions are not bundled: `bundles.aws.test.ts` and `npm run synth` do that. */
export const stacksOf = (
  stage: StageName,
  telemetryStore: TelemetryStore,
  ingestMode: IngestMode = 'direct',
): Record<StackName, Stack> => {
  const context = { ...RULES_OF_THE_LIBRARY, 'aws:cdk:bundling-stacks': [] };
  const chosen = { stage, telemetryStore, ingestMode };
  const { whole: _of, ...stacks } = hemsStage(new App({ analyticsReporting: false, context }), chosen);
  return stacks;
};

const made = new Map<string, Record<StackName, Template>>();

/** Their templates; made once for all tests of a file. */
export const synthesised = (
  stage: StageName,
  telemetryStore: TelemetryStore,
  ingestMode: IngestMode = 'direct',
): Record<StackName, Template> => {
  const key = `${stage}-${telemetryStore}-${ingestMode}`;
  const templates = made.get(key) ?? templatesOf(stacksOf(stage, telemetryStore, ingestMode));
  made.set(key, templates);
  return templates;
};

const templatesOf = (stacks: Record<StackName, Stack>): Record<StackName, Template> => ({
  foundation: Template.fromStack(stacks.foundation),
  data: Template.fromStack(stacks.data),
  web: Template.fromStack(stacks.web),
  identity: Template.fromStack(stacks.identity),
  devices: Template.fromStack(stacks.devices),
  ingest: Template.fromStack(stacks.ingest),
  workflows: Template.fromStack(stacks.workflows),
  forecast: Template.fromStack(stacks.forecast),
  privacy: Template.fromStack(stacks.privacy),
  files: Template.fromStack(stacks.files),
  api: Template.fromStack(stacks.api),
  planning: Template.fromStack(stacks.planning),
  notifications: Template.fromStack(stacks.notifications),
  partner: Template.fromStack(stacks.partner),
  openadr: Template.fromStack(stacks.openadr),
  ops: Template.fromStack(stacks.ops),
});
