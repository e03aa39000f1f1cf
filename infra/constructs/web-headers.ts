import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Where the user pool signs people in; known before the pool is, so that the web app's headers can name it. */
export const signInDomainPrefix = (scope: Construct): string => {
  const { account, stackName } = Stack.of(scope);
  return `${stackName.split('-').slice(0, 2).join('-')}-${account}`;
};

const contentSecurityPolicy = (scope: Construct, objectsHost: string): string => {
  const { region } = Stack.of(scope);
  const connect = [
    "'self'",
    `https://*.execute-api.${region}.amazonaws.com`,
    // history files go straight to the bucket
    `https://${objectsHost}`,
    `https://cognito-idp.${region}.amazonaws.com`,
    `https://${signInDomainPrefix(scope)}.auth.${region}.amazoncognito.com`,
  ];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect.join(' ')}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'upgrade-insecure-requests',
  ].join('; ');
};

type Headers = Record<string, string>;

const block = (pattern: string, headers: Headers): string[] => [
  `  - pattern: '${pattern}'`,
  '    headers:',
  ...Object.entries(headers).flatMap(([key, value]) => [`      - key: '${key}'`, `        value: "${value}"`]),
];

/**
 * The header file of Amplify Hosting (YAML). A header stands under one pattern only: how Amplify settles two is not documented.
 * Left alone, Amplify has browsers ask again for each file, which is right for all but those below.
 */
export const customHeaders = (scope: Construct, objectsHost: string): string =>
  [
    'customHeaders:',
    ...block('**', {
      'Content-Security-Policy': contentSecurityPolicy(scope, objectsHost),
      'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
    }),
    ...block('/assets/**', { 'Cache-Control': 'public, max-age=31536000, immutable' }),
    ...block('/config.json', { 'Cache-Control': 'no-store' }),
    // What decides over every other file of the app is never taken from a cache.
    ...block('/sw.js', { 'Cache-Control': 'no-cache' }),
    ...block('/manifest.webmanifest', { 'Content-Type': 'application/manifest+json' }),
  ].join('\n');
