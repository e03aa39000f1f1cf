/** Fewer homes than this make no median that may be shown or compared with. */
export const MIN_PEERS = 30;

export type PeerMedian = { readonly medianWh: number; readonly homes: number };

/** The middle use of comparable homes, whole Wh, without one's own, however few they are; undefined of none. */
export const middleUse = (peersWh: readonly number[]): PeerMedian | undefined => {
  const sorted = peersWh.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) return undefined;
  return { medianWh: Math.round((low + high) / 2), homes: sorted.length };
};

/** The same, as it may be shown: undefined with fewer than 30. */
export const peerMedian = (peersWh: readonly number[]): PeerMedian | undefined =>
  peersWh.length < MIN_PEERS ? undefined : middleUse(peersWh);
