/** Where the sign-in page sends the browser back to; registered with the identity provider. */
export const SIGNED_IN_PATH = '/signed-in';
