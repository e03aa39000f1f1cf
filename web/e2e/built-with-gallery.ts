import { buildGallery, buildWeb } from './build.ts';

/** Once before speed is measured: the app as it is deployed, and the gallery. */
export const setup = async (): Promise<void> => {
  await Promise.all([buildWeb(), buildGallery()]);
};
