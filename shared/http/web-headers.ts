/** What differs between where the app is served from: the rest of the policy does not. */
export type PolicyOf = {
  /** other origins that its scripts may ask; its own always */
  readonly connect: readonly string[];
  /** `'self'` where the sign-in's forms are served beside it, as on the local host */
  readonly formAction: "'self'" | "'none'";
  readonly isHttps: boolean;
};

/** The Content-Security-Policy: what is not served beside the app is neither run nor drawn, and nothing may frame it. */
export const contentSecurityPolicy = ({ connect, formAction, isHttps }: PolicyOf): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');

/** Of every answer that a browser may get, wherever it comes from. */
export const WEB_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Two years, as the preload list asks for. Where there is HTTPS only: the local host has none. */
export const STRICT_TRANSPORT = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } as const;

/** Of every answer of an API: it is somebody's own, so nothing on its way keeps it, and no browser guesses what it is. */
export const ANSWER_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;
