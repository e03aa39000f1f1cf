import { endOnDevice, writeSeed } from '../auth/session-seed.ts';

/** The account is closed: what this device kept of the sign-in goes with it, and the page begins anew as anybody's. */
export const leaveTo = (path: string): void => {
  writeSeed(undefined);
  endOnDevice();
  location.replace(path);
};
