/** Every call of a function is short: a service that does not answer within 3 s is asked again, at most three times in all. */
export const SHORT_TIMEOUTS = {
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  maxAttempts: 3,
} as const;
