const MINUTE_MS = 60_000;
const REMEMBERED_MAX = 1000;

/**
 * Tells who was turned away and why, each of them at most once a minute: a device that reconnects in a loop must not fill the
 * operator's screen.
 */
export const refusals = (say: (line: string) => void): ((who: string, reason: string) => void) => {
  const toldAt = new Map<string, number>();
  return (who, reason) => {
    const line = `mqtt: refused ${who}: ${reason}`;
    const last = toldAt.get(line);
    if (last !== undefined && performance.now() - last < MINUTE_MS) return;
    if (toldAt.size >= REMEMBERED_MAX) toldAt.clear();
    toldAt.set(line, performance.now());
    say(line);
  };
};
