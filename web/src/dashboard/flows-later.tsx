import type { ReactNode } from 'react';
import { Pending, useFetched, type LaterProps } from './later.tsx';

const fetchFlows = async () => import('./flows-part.tsx');

/** Most homes have only a meter: what the others see beside is fetched for them alone. */
export const FlowsLater = (props: LaterProps): ReactNode => {
  const { fetched, again } = useFetched(fetchFlows);
  if (typeof fetched === 'string') return <Pending part="flows" failed={fetched === 'failed'} onRetry={again} />;
  return <fetched.FlowsPart {...props} />;
};
