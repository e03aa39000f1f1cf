/** What was asked of the host and not answered, by kind: where a kill lands. */
export type InFlight = {
  during<T>(what: string, work: () => Promise<T>): Promise<T>;
  /** kinds that are under way now */
  now(): string[];
};

export const inFlight = (): InFlight => {
  const counts = new Map<string, number>();
  const add = (what: string, by: number): void => void counts.set(what, (counts.get(what) ?? 0) + by);
  return {
    during: async (what, work) => {
      add(what, 1);
      try {
        return await work();
      } finally {
        add(what, -1);
      }
    },
    now: () => [...counts].filter(([, count]) => count > 0).map(([what]) => what),
  };
};
