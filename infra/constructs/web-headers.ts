import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { contentSecurityPolicy, STRICT_TRANSPORT, WEB_HEADERS } from '@hems/shared/http/web-headers';

/** Where the user pool signs people in; known before the pool is, so that the web app's headers can name it. */
export const signInDomainPrefix = (scope: Construct): string => {
  const { account, stackName } = Stack.of(scope);
  return `${stackName.split('-').slice(0, 2).join('-')}-${account}`;
};

const policyOf = (scope: Construct, objectsHost: string): string => {
  const { region } = Stack.of(scope);
  return contentSecurityPolicy({
    connect: [
      `https://*.execute-api.${region}.amazonaws.com`,
      // history files go straight to the bucket
      `https://${objectsHost}`,
      `https://cognito-idp.${region}.amazonaws.com`,
      `https://${signInDomainPrefix(scope)}.auth.${region}.amazoncognito.com`,
    ],
    formAction: "'none'",
    isHttps: true,
  });
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
      'Content-Security-Policy': policyOf(scope, objectsHost),
      ...STRICT_TRANSPORT,
      ...WEB_HEADERS,
    }),
    ...block('/assets/**', { 'Cache-Control': 'public, max-age=31536000, immutable' }),
    ...block('/config.json', { 'Cache-Control': 'no-store' }),
    // What decides over every other file of the app is never taken from a cache.
    ...block('/sw.js', { 'Cache-Control': 'no-cache' }),
    ...block('/manifest.webmanifest', { 'Content-Type': 'application/manifest+json' }),
  ].join('\n');
