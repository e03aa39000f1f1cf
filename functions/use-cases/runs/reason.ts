const MOST = 300;

/** A reason as a run keeps it: the beginning of a longer one, so that what the run says of itself fits into its items. */
export const shortReason = (reason: string): string => (reason.length > MOST ? `${reason.slice(0, MOST)}…` : reason);
