import { workOut } from './work-out.ts';

/**
 * What the flat answers to a few screens, by question. The build writes it in place of this file (web/worked-out.ts): a service works its
 * answers out elsewhere too.
 */
export const workedOut = workOut([['readSession'], ['readSupply'], ['listDevices'], ['readRewards'], ['readInbox']]);
