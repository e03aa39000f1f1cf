const KEY = 'hems.invitation';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token of a link as it was pasted: what stands behind `#`, or the token alone. */
export const tokenOf = (pasted: string): string | undefined => {
  const token = pasted.trim().replace(/^.*#/s, '');
  return TOKEN.test(token) ? token : undefined;
};

/** Kept for this tab, so that it survives the sign-in page and stands in no address. */
export const readToken = (): string | undefined => tokenOf(sessionStorage.getItem(KEY) ?? '');

export const keepToken = (token: string | undefined): void => {
  if (token === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
};
