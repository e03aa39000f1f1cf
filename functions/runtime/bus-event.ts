import * as z from 'zod';
import { busEventType, happening } from '@hems/shared/events/bus';

/** An event as EventBridge, or the local bus in its stead, hands it to a function. */
export const busEvent = z
  .object({ 'detail-type': busEventType, detail: happening })
  .transform(({ 'detail-type': type, detail }) => ({ type, detail }));
