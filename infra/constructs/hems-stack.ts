import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackNameOf, type StackName } from '../config.ts';
import type { Choice } from './house.ts';

const STATEFUL: readonly StackName[] = ['foundation', 'data', 'identity'];

/** A stack of a stage: its name and Region follow from the choice, and the ones that hold data resist deletion. */
export class HemsStack extends Stack {
  constructor(
    scope: Construct,
    name: StackName,
    { choice, holds }: { readonly choice: Choice; readonly holds: string },
  ) {
    super(scope, name, {
      stackName: stackNameOf(choice.stage, name),
      description: `HEMS ${choice.stage}: ${holds}`,
      env: { region: choice.config.region[choice.telemetryStore] },
      terminationProtection: STATEFUL.includes(name),
      tags: { application: 'hems', stage: choice.stage },
    });
  }
}
