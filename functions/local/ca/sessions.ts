/** The open connections of each certificate, so that revoking it can close them. */
export type Sessions = {
  /** answers how to take the connection out again */
  add(certificateId: string, close: () => void): () => void;
  close(certificateId: string): void;
};

export const liveSessions = (): Sessions => {
  const open = new Map<string, Set<() => void>>();
  return {
    add: (certificateId, close) => {
      const closers = open.get(certificateId) ?? new Set();
      open.set(certificateId, closers.add(close));
      return () => {
        closers.delete(close);
        if (closers.size === 0 && open.get(certificateId) === closers) open.delete(certificateId);
      };
    },
    close: (certificateId) => {
      for (const close of open.get(certificateId) ?? []) close();
    },
  };
};
