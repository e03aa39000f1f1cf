import type { Noun } from '@hems/shared/api/contract';
import { handler as devices } from '../../api/devices.ts';
import { handler as environment } from '../../api/environment.ts';
import { handler as live } from '../../api/live.ts';
import { handler as orders } from '../../api/orders.ts';
import { handler as partners } from '../../api/partners.ts';
import { handler as quarantine } from '../../api/quarantine.ts';
import { handler as sites } from '../../api/sites.ts';
import { handler as session } from '../../api/session.ts';
import { handler as tariffs } from '../../api/tariffs.ts';
import { handler as usage } from '../../api/usage.ts';
import { handler as supply } from '../../api/supply.ts';
import { handler as bill } from '../../api/bill.ts';
import { handler as days } from '../../api/days.ts';
import { handler as programmes } from '../../api/programmes.ts';
import { handler as disputes } from '../../api/disputes.ts';
import { handler as rewards } from '../../api/rewards.ts';
import { handler as events } from '../../api/events.ts';
import { handler as community } from '../../api/community.ts';
import { handler as challenges } from '../../api/challenges.ts';
import { handler as runs } from '../../api/runs.ts';
import { handler as account } from '../../api/account.ts';
import { handler as members } from '../../api/members.ts';
import { handler as onboarding } from '../../api/onboarding.ts';
import { handler as proofs } from '../../api/proofs.ts';
import { handler as access } from '../../api/access.ts';
import { handler as consents } from '../../api/consents.ts';
import { handler as imports } from '../../api/imports.ts';
import { handler as exports } from '../../api/exports.ts';
import { handler as erasures } from '../../api/erasures.ts';
import { handler as inbox } from '../../api/inbox.ts';
import { handler as claims } from '../../api/claims.ts';
import { handler as forecast } from '../../api/forecast.ts';
import { handler as advice } from '../../api/advice.ts';
import { handler as plan } from '../../api/plan.ts';
import type { ApiHandler } from './api.ts';

/** The Lambda of each noun. A noun that is missing here does not compile. */
export const handlers: Record<Noun, ApiHandler> = {
  devices,
  environment,
  live,
  orders,
  partners,
  quarantine,
  session,
  sites,
  tariffs,
  supply,
  bill,
  days,
  programmes,
  rewards,
  disputes,
  events,
  community,
  challenges,
  runs,
  usage,
  account,
  members,
  onboarding,
  proofs,
  access,
  consents,
  imports,
  exports,
  erasures,
  inbox,
  claims,
  forecast,
  advice,
  plan,
};
