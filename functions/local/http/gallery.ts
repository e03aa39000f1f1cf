import { existsSync } from 'node:fs';
import { webApp } from './files.ts';

const AT = '/gallery';

/**
 * The app; and where tests have built it beside the app, the gallery: every screen in every state over a home of fixtures, without a
 * sign-in.
 */
export const appAndGallery = (webRoot: string): ReturnType<typeof webApp> => {
  const galleryRoot = `${webRoot}-gallery`;
  const [app, gallery] = [webApp(webRoot), webApp(galleryRoot)];
  return async (exchange, path) =>
    path.startsWith(`${AT}/`) && existsSync(galleryRoot)
      ? gallery(exchange, path.slice(AT.length))
      : app(exchange, path);
};
