/** What a request of a partner may be at most; the gateway before the handler takes ten times as many bytes. */
export const BODY_MAX_BYTES = 1_000_000;
/** levels of a JSON body */
export const DEPTH_MAX = 20;

/** Chosen by the partner for each request that changes something, and kept when it is sent again. */
export const IDEMPOTENCY_KEY = /^[\w.~:+/=-]{16,64}$/;

/** The value by which the authorizer names a partner's plan of use to API Gateway, which takes it from nobody else: no secret. */
export const usageKeyOf = (stage: string, partnerId: string): string => `hems-${stage}-partner-${partnerId}-plan`;
