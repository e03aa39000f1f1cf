import { createElement, lazy, useEffect, useState, type ComponentType, type LazyExoticComponent } from 'react';

export const Nothing = (): null => null;

type Fetch<P> = () => Promise<ComponentType<P>>;

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/** Stands in for a part that could not be fetched, and asks for it again until it is there. */
const until = <P extends object>(instead: ComponentType<P>, fetch: Fetch<P>): ComponentType<P> =>
  function Until(props: P) {
    const [shown, setShown] = useState({ part: instead });
    useEffect(() => {
      let [timer, gone]: [ReturnType<typeof setTimeout> | undefined, boolean] = [undefined, false];
      const later = (ms: number): void => {
        if (gone) return;
        timer = setTimeout(() => {
          fetch().then(
            (part) => !gone && setShown({ part }),
            () => later(Math.min(ms * 2, LONGEST_PAUSE_MS)),
          );
        }, ms);
      };
      later(FIRST_PAUSE_MS);
      return () => {
        gone = true;
        clearTimeout(timer);
      };
    }, []);
    return createElement(shown.part, props);
  };

/**
 * A part of the page that is fetched after it, and what stands in its place until it can be. The bundler fetches styles around the
 * import, so a failure is caught around both: a `then` behind the import does not see it.
 */
export const lazyOr = <P extends object>(
  instead: ComponentType<P>,
  fetch: Fetch<P>,
): LazyExoticComponent<ComponentType<P>> =>
  lazy(async () => {
    try {
      return { default: await fetch() };
    } catch {
      return { default: until(instead, fetch) };
    }
  });
