/**
 * A Lambda is given the credentials of its role in its environment. The bundles hold this in place of the SDK's chain of providers (profiles, sign-in,
 * tokens of other services), which would be a fifth of their bytes; `BUNDLE` in infra/constructs/function.ts names it.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
