/** Where the sign-in page sends staff back to, who work by the command line on a machine of their own. Cognito takes no other form of a local address. */
export const STAFF_RETURN_URL = 'http://localhost:8976/signed-in';
