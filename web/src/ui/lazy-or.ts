import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

export const Nothing = (): null => null;

/**
 * A part of the page that is fetched after it, and what stands in its place where it cannot be. The bundler fetches styles around the
 * import, so a failure is caught around both: a `then` behind the import does not see it.
 */
export const lazyOr = <P extends object>(
  instead: ComponentType<P>,
  fetch: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> =>
  lazy(async () => {
    try {
      return { default: await fetch() };
    } catch {
      return { default: instead };
    }
  });
