/** Where a function gets one of its ports from: the cloud's adapter at first need, or what the local host handed in before. */
export type Provider<T> = { (): Promise<T>; use(value: T): void };

/** `around`: what stands before either of them. */
export const provider = <T>(make: () => Promise<T>, around: (value: T) => T = (value) => value): Provider<T> => {
  let made: Promise<T> | undefined;
  const get = (): Promise<T> => (made ??= make().then(around));
  return Object.assign(get, {
    use: (value: T) => {
      made = Promise.resolve(around(value));
    },
  });
};
