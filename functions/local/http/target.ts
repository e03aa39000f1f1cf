import { Refusal } from './problem.ts';

export type Target = {
  /** as sent, percent-encoding and all */
  readonly rawPath: string;
  readonly rawQueryString: string;
  /** decoded, for files */
  readonly path: string;
};

/** The parts of a request target; a `Refusal` 400 when its percent-encoding is broken or it is no path. */
export const parseTarget = (url = '/'): Target => {
  const [rawPath = '', ...rest] = url.split('?');
  const rawQueryString = rest.join('?');
  if (!rawPath.startsWith('/')) throw new Refusal(400, 'The request target must be a path that begins with /.');
  try {
    decodeURIComponent(rawQueryString.replaceAll('+', ' '));
    return { rawPath, rawQueryString, path: decodeURIComponent(rawPath) };
  } catch {
    throw new Refusal(400, 'The address contains a broken percent-encoding: after % two hexadecimal digits of UTF-8.');
  }
};
