import type { OpenadrNoun } from '@hems/shared/openadr/contract';
import { handler as events } from '../../partner/openadr/events.ts';
import { handler as legacy } from '../../partner/openadr/legacy.ts';
import { handler as programs } from '../../partner/openadr/programs.ts';
import { handler as reports } from '../../partner/openadr/reports.ts';
import { handler as resources } from '../../partner/openadr/resources.ts';
import { handler as service } from '../../partner/openadr/service.ts';
import { handler as subscriptions } from '../../partner/openadr/subscriptions.ts';
import { handler as vens } from '../../partner/openadr/vens.ts';
import type { OpenadrHandler } from '../../runtime/openadr.ts';

/** The Lambda of each noun of OpenADR. A noun that is missing here does not compile. */
export const openadrHandlers: Record<OpenadrNoun, OpenadrHandler> = {
  programs,
  events,
  reports,
  subscriptions,
  vens,
  resources,
  service,
  legacy,
};
