import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Width of a phone's card, until the element has been measured. */
const FIRST_WIDTH = 328;

/**
 * The width of an element in whole pixels, followed as the window changes. What takes long to draw waits until it `isMeasured`, which it
 * is before the first frame.
 */
export const useWidth = (): [ref: RefObject<HTMLDivElement | null>, width: number, isMeasured: boolean] => {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.max(FIRST_WIDTH / 2, Math.floor(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width ?? FIRST_WIDTH, width !== undefined];
};
