/** Where a function gets one of its ports from: the cloud's adapter at first need, or what the local host handed in before. */
export type Provider<T> = { (): Promise<T>; use(value: T): void };

export const provider = <T>(make: () => Promise<T>): Provider<T> => {
  let made: Promise<T> | undefined;
  const get = (): Promise<T> => (made ??= make());
  return Object.assign(get, {
    use: (value: T) => {
      made = Promise.resolve(value);
    },
  });
};
