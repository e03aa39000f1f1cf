/** Segments of opaque ids, file names and dates. None begins with a dot, so no key leaves its folder. */
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const KEY_MAX = 512;

/** The key, or an error: every `ObjectStore` takes the same ones. */
export const checkedKey = (key: string): string => {
  if (key.length <= KEY_MAX && KEY.test(key)) return key;
  throw new RangeError(
    `"${key}" is no object key: up to ${KEY_MAX} of A-Z a-z 0-9 . _ - in segments parted by /, none empty or with a leading dot`,
  );
};
