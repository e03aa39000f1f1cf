import type { PartnerNoun } from '@hems/shared/partner-api/contract';
import { handler as aggregates } from '../../partner/aggregates.ts';
import { handler as applications } from '../../partner/applications.ts';
import { handler as disputes } from '../../partner/disputes.ts';
import { handler as greenbutton } from '../../partner/greenbutton.ts';
import { handler as programmes } from '../../partner/programmes.ts';
import { handler as sandbox } from '../../partner/sandbox.ts';
import { handler as savings } from '../../partner/savings.ts';
import { handler as self } from '../../partner/self.ts';
import { handler as sites } from '../../partner/sites.ts';
import { handler as webhooks } from '../../partner/webhooks.ts';
import { handler as settlements } from '../../partner/settlements.ts';
import type { PartnerHandler } from '../../runtime/partner.ts';

/** The Lambda of each noun of the partner API. A noun that is missing here does not compile. */
export const partnerHandlers: Record<PartnerNoun, PartnerHandler> = {
  self,
  programmes,
  applications,
  savings,
  aggregates,
  settlements,
  disputes,
  sites,
  webhooks,
  greenbutton,
  sandbox,
};
