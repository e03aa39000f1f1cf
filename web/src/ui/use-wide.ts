import { useSyncExternalStore } from 'react';

const from = (leastPx: number) => {
  const media = (): MediaQueryList => globalThis.matchMedia(`(min-width: ${leastPx}px)`);
  const subscribe = (changed: () => void): (() => void) => {
    const followed = media();
    followed.addEventListener('change', changed);
    return () => followed.removeEventListener('change', changed);
  };
  return { subscribe, read: (): boolean => media().matches };
};

const WIDE = from(720);
const DESKTOP = from(960);

/** There is room for cards beside each other: they stand in columns, and are read column by column. */
export const useWide = (): boolean => useSyncExternalStore(WIDE.subscribe, WIDE.read);

/** There is room for a list beside what it leads to. */
export const useDesktop = (): boolean => useSyncExternalStore(DESKTOP.subscribe, DESKTOP.read);
