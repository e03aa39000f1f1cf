import type { Noun } from '@hems/shared/api/contract';
import { handler as devices } from '../../api/devices.ts';
import { handler as environment } from '../../api/environment.ts';
import { handler as households } from '../../api/households.ts';
import { handler as live } from '../../api/live.ts';
import { handler as orders } from '../../api/orders.ts';
import { handler as quarantine } from '../../api/quarantine.ts';
import { handler as session } from '../../api/session.ts';
import { handler as tariffs } from '../../api/tariffs.ts';
import { handler as usage } from '../../api/usage.ts';
import type { ApiHandler } from './api.ts';

/** The Lambda of each noun. A noun that is missing here does not compile. */
export const handlers: Record<Noun, ApiHandler> = {
  devices,
  environment,
  households,
  live,
  orders,
  quarantine,
  session,
  tariffs,
  usage,
};
