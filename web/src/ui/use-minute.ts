import { useEffect, useState } from 'react';

const TICK_MS = 60_000;

/** The clock of this device, to the minute. */
export const useMinute = (): number => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
};
