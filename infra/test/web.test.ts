import { FILE_TYPES } from '@hems/shared/client/file-types';
import { STRICT_TRANSPORT, WEB_HEADERS } from '@hems/shared/http/web-headers';
import { describe, expect, it } from 'vitest';
import { synthesised } from './synthesised.ts';

const { web } = synthesised('prod', 'blocks');
const [app] = Object.values(web.findResources('AWS::Amplify::App')).map(({ Properties }) => Properties);

const flat = (value: any): string =>
  typeof value === 'string'
    ? value
    : value['Fn::Join'][1]
        .map((part: any) =>
          typeof part === 'string' ? part : part['Fn::GetStackOutput'] ? 'bucket-of-files' : '123456789012',
        )
        .join('');
const headerFile = flat(app?.CustomHeaders);

/** headers by path pattern, read back from the file that Amplify gets */
const headers = new Map(
  headerFile
    .split("  - pattern: '")
    .slice(1)
    .map((block) => [
      block.slice(0, block.indexOf("'")),
      Object.fromEntries(
        [...block.matchAll(/- key: '([^']+)'\n\s+value: "([^"]*)"/g)].map(([, key, value]) => [key, value]),
      ),
    ]),
);
const everywhere = headers.get('**') ?? {};
const directives: Record<string, string[]> = Object.fromEntries(
  (everywhere['Content-Security-Policy'] ?? '')
    .split('; ')
    .map((one: string) => [one.split(' ')[0], one.split(' ').slice(1)]),
);

describe('every answer of the app', () => {
  it('runs and styles only what is served beside it', () => {
    expect(directives['default-src']).toEqual(["'none'"]);
    expect(directives['script-src']).toEqual(["'self'"]);
    expect(directives['style-src']).toEqual(["'self'"]);
    expect(headerFile).not.toMatch(/unsafe-|\bhttp:/);
  });

  it('talks to its own origin, the API, the bucket of files and the sign-in of this account', () => {
    expect(directives['connect-src']).toEqual([
      "'self'",
      'https://*.execute-api.ap-northeast-2.amazonaws.com',
      'https://bucket-of-files',
      'https://cognito-idp.ap-northeast-2.amazonaws.com',
      'https://hems-prod-123456789012.auth.ap-northeast-2.amazoncognito.com',
    ]);
  });

  it('cannot be framed, sniffed, downgraded or told where a visitor came from', () => {
    expect(directives['frame-ancestors']).toEqual(["'none'"]);
    expect(directives['base-uri']).toEqual(["'none'"]);
    expect(directives).toHaveProperty('upgrade-insecure-requests');
    // the same list as every door of the local host is tested with (functions/local/http/headers.test.ts)
    const { 'Content-Security-Policy': _policy, ...others } = everywhere;
    expect(others).toEqual({ ...STRICT_TRANSPORT, ...WEB_HEADERS });
    expect(others['Strict-Transport-Security']).toMatch(/^max-age=\d{8,}; includeSubDomains$/);
  });
});

describe('caching', () => {
  it('keeps hashed assets for good and config.json not at all', () => {
    expect(headers.get('/config.json')).toEqual({ 'Cache-Control': 'no-store' });
    expect(headers.get('/assets/**')).toEqual({ 'Cache-Control': 'public, max-age=31536000, immutable' });
    expect(everywhere).not.toHaveProperty('Cache-Control');
  });

  it('asks anew for the service worker, which decides over every other file', () => {
    expect(headers.get('/sw.js')).toEqual({ 'Cache-Control': 'no-cache' });
  });
});

describe('an app that can be installed', () => {
  it('may read its manifest and run its worker from its own origin', () => {
    expect(directives['manifest-src']).toEqual(["'self'"]);
    expect(directives['worker-src']).toEqual(["'self'"]);
    expect(headers.get('/manifest.webmanifest')).toEqual({ 'Content-Type': 'application/manifest+json' });
  });
});

describe('paths', () => {
  const [rule] = app?.CustomRules ?? [];
  /** Amplify writes the pattern between `</` and `/>`. */
  const pattern = new RegExp(String(rule.Source).slice(2, -2));

  it('lead to the page as it is, not by way of another address', () => {
    expect(rule).toMatchObject({ Target: '/index.html', Status: '200' });
    expect(app?.CustomRules).toHaveLength(1);
  });

  it.each([
    '/',
    '/signed-in',
    '/account',
    '/inbox/settings',
    '/erasures/AAAAAAAAAAAAAAAAAAAAAA',
    '/households/h_1-a',
    '/households/h_1-a/energy/devices/meter-1',
    '/households/h_1-a/settings/members',
    // the id of an entry has dots
    '/households/h_1-a/rewards/entries/energy-cashback.2026-09.0000',
  ])('%s is a screen of the app', (path) => expect(pattern.test(path)).toBe(true));

  it.each([
    '/config.json',
    '/sw.js',
    '/manifest.webmanifest',
    '/icon.svg',
    '/icon-192.png',
    '/assets/index-3f2a.js',
    // of a version that is no longer there: a page in its place would be run as a script
    '/assets/gone-1a2b.js',
    '/assets/a.css',
    ...[...FILE_TYPES.keys()].map((ending) => `/gone.${ending}`),
  ])('%s is a file', (path) => expect(pattern.test(path)).toBe(false));
});

describe('hosting', () => {
  it('builds nothing from a repository: the files are uploaded', () => {
    expect(app).not.toHaveProperty('Repository');
    web.hasResourceProperties('AWS::Amplify::Branch', { BranchName: 'main', EnableAutoBuild: false });
  });
});
