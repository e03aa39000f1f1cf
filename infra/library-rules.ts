import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';

/**
 * How the pinned library is to behave: as it does for a project begun with it today, its own template validation as errors.
 * An upgrade that changes a template shows in the snapshot.
 */
export const RULES_OF_THE_LIBRARY: Record<string, unknown> = {
  ...CURRENTLY_RECOMMENDED_FLAGS,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};
