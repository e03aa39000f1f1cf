import { useEffect, useState } from 'react';

const TICK_MS = 1000;

/** The clock of this device, to the second: ages are told from it between two answers. */
export const useNow = (): number => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
};
