import { useRef, type TouchEvent } from 'react';

/** So far, so fast and so level: slower is choosing a bar, steeper is scrolling. */
const LEAST_PX = 56;
const MOST_MS = 400;
const LEVEL = 2;

type Ways = { readonly onPrevious: (() => void) | undefined; readonly onNext: (() => void) | undefined };
type Start = { readonly x: number; readonly y: number; readonly ms: number };

/** A flick to the right goes back, one to the left goes on: for the element that spreads it. There are buttons for the same. */
export const useSwipe = ({ onPrevious, onNext }: Ways) => {
  const start = useRef<Start>(undefined);
  return {
    onTouchStart: ({ touches, timeStamp }: TouchEvent): void => {
      const touch = touches[0];
      start.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY, ms: timeStamp } : undefined;
    },
    onTouchEnd: ({ changedTouches, timeStamp }: TouchEvent): void => {
      const touch = changedTouches[0];
      const from = start.current;
      start.current = undefined;
      if (!from || !touch || timeStamp - from.ms > MOST_MS) return;
      const [right, down] = [touch.clientX - from.x, touch.clientY - from.y];
      if (Math.abs(right) < LEAST_PX || Math.abs(right) < LEVEL * Math.abs(down)) return;
      (right > 0 ? onPrevious : onNext)?.();
    },
  };
};
