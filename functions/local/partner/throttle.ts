import type { Clock } from '../../ports/clock.ts';

export type Limit = { readonly perSecond: number; readonly burst: number };
/** Says whether a partner may send one more now. */
export type Throttle = (partnerId: string) => boolean;

type Bucket = { readonly tokens: number; readonly atMs: number };

/** A bucket of tokens for each partner, as a usage plan of API Gateway has. Only who was authenticated has one, so they are few. */
export const throttle = ({ perSecond, burst }: Limit, clock: Clock): Throttle => {
  const buckets = new Map<string, Bucket>();
  return (partnerId) => {
    const atMs = clock.now();
    const before = buckets.get(partnerId) ?? { tokens: burst, atMs };
    const tokens = Math.min(burst, before.tokens + (Math.max(0, atMs - before.atMs) / 1000) * perSecond);
    const isFree = tokens >= 1;
    buckets.set(partnerId, { tokens: isFree ? tokens - 1 : tokens, atMs });
    return isFree;
  };
};
