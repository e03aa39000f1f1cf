/** A service that does not answer keeps nobody signed in. */
const LEAVING_MS = 2000;

/** Does what belongs to a sign-out as well as it can: a failure is reported, and nobody waits for it longer than two seconds. */
export const inTime = async (work: () => Promise<unknown>): Promise<void> => {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), LEAVING_MS);
  await Promise.race([work().catch(reportError), late.promise]);
  clearTimeout(timer);
};
