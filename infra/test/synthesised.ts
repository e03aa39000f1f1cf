import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { StackName, StageName, TelemetryStore } from '../config.ts';
import { RULES_OF_THE_LIBRARY } from '../library-rules.ts';
import { hemsStage } from '../stage.ts';

/** The stacks of one deployment. Functions are not bundled: `bundles.aws.test.ts` and `npm run synth` do that. */
export const stacksOf = (stage: StageName, telemetryStore: TelemetryStore): Record<StackName, Stack> => {
  const context = { ...RULES_OF_THE_LIBRARY, 'aws:cdk:bundling-stacks': [] };
  return hemsStage(new App({ analyticsReporting: false, context }), stage, telemetryStore);
};

/** Their templates. */
export const synthesised = (stage: StageName, telemetryStore: TelemetryStore): Record<StackName, Template> => {
  const stacks = stacksOf(stage, telemetryStore);
  return {
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
    ops: Template.fromStack(stacks.ops),
  };
};
