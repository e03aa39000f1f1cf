import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMessages } from './preferences/preferences.tsx';

/**
 * The heading of the screen names the document, and takes the focus where somebody has gone from one screen to another:
 * what has changed is then read out, and the next Tab goes on from there. A screen may be on its way when its address
 * is already there, and its heading may be drawn anew, so the page is watched rather than asked once.
 */
export const useHeading = (): void => {
  const { brand } = useMessages();
  // That of the screen which is there, not of the one that is on its way.
  const pathname = useRouterState({
    select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname,
  });
  const begunAt = useRef(pathname);
  useEffect(() => {
    const place = document.querySelector('main');
    if (place === null) return undefined;
    const hasGone = begunAt.current !== pathname;
    begunAt.current = '';
    const before = document.activeElement;
    const follow = (): void => {
      const heading = place.querySelector('h1');
      if (heading === null) return;
      document.title = `${heading.textContent} · ${brand}`;
      // Somebody who is elsewhere by now is left there.
      if (!hasGone || ![before, document.body].includes(document.activeElement) || heading === before) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    follow();
    const observer = new MutationObserver(follow);
    observer.observe(place, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [pathname, brand]);
};
