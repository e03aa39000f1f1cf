/** Households are divided once and for all, so that the daily run visits a part of fixed size however many there are. */
export const SHARDS = 1000;

/** 0 to 999, by FNV-1a over the opaque id: evenly spread, and the same for ever. */
export const shardOf = (householdId: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < householdId.length; i++) hash = Math.imul(hash ^ householdId.charCodeAt(i), 0x01000193);
  // the low bits of FNV mix worst; fold the high ones in
  return ((hash ^ (hash >>> 15)) >>> 0) % SHARDS;
};
