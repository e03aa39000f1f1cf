import { Template } from 'aws-cdk-lib/assertions';
import { STACKS, type IngestMode, type TelemetryStore } from '../config.ts';
import { rightsIn, type Rights } from './privilege/rights.ts';
import { stacksOf } from './synthesised.ts';

/** What every function of a deployment may. */
export const deployedRights = (store: TelemetryStore, mode: IngestMode = 'direct'): Rights[] => {
  const stacks = stacksOf('prod', store, mode);
  return STACKS.flatMap((name) => rightsIn(stacks[name], Template.fromStack(stacks[name]).toJSON()['Resources']));
};
