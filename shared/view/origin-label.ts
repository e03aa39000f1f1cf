import type { Origin } from '@hems/models/household/household';
import type { Messages } from '../i18n/messages.ts';

/** What must stand on every screen that shows values of a demo home, and the fields of its data that `originStory` tells in full. */
export type OriginLabel = { readonly short: string; readonly origin: Origin };

export const originLabel = (origin: Origin, t: Messages): OriginLabel => ({
  short: origin.type === 'simulated' ? t.origin.simulated : t.origin.replayed(t.country(origin.country)),
  origin,
});
