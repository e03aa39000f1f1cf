import type { Loaded } from './card.ts';

/** How many notices wait to be read, as the newest page says; 0 while nothing is known. */
export const unreadOf = ({ data }: Loaded<readonly { readonly unread: number }[]>): number => data?.[0]?.unread ?? 0;
