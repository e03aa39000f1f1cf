import type { OwnMetric } from '@hems/shared/metrics/catalogue';

/** A figure of one invocation. `of`: the value of what the figure is split by. */
export type Measured = { readonly metric: OwnMetric; readonly value: number; readonly of?: string };

/** The invocation that figures are of. */
export type About = {
  /** the function's name */
  readonly handler: string;
  readonly correlationId: string;
  /** it threw, which Lambda counts as an error; a failure that is answered it does not */
  readonly threw: boolean;
};
