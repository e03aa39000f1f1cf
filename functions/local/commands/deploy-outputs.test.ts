import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outputs, webConfig } from './deploy-outputs.ts';

/** The commands know infra by path only, so the names are read from its text. */
const stackText = (stack: string): string =>
  readFileSync(new URL(`../../../infra/stacks/${stack}.ts`, import.meta.url), 'utf8');

const TABLES = { homes: 'h', energy: 'e', history: 'r', operations: 'o', ledger: 'l', community: 'c', people: 'p' };

describe('outputs', () => {
  it.each(
    Object.entries(outputs.shape).flatMap(([stack, { shape }]) => Object.keys(shape).map((name) => [stack, name])),
  )('%s tells %s', (stack = '', name = '') => {
    expect(stackText(stack)).toContain(`new CfnOutput(this, '${name}'`);
  });

  it('become what the app reads', () => {
    const parsed = outputs.parse({
      foundation: { TelemetryStore: 'blocks', OperationsTopic: 'arn:topic' },
      data: { Tables: JSON.stringify(TABLES) },
      web: { AppId: 'd1', BranchName: 'main', Url: 'https://main.d1.amplifyapp.com', Headers: 'customHeaders:' },
      identity: {
        Issuer: 'https://cognito-idp.example/pool',
        WebClientId: 'c1',
        StaffClientId: 'c2',
        SignInUrl: 'https://hems.auth.example',
      },
      api: { Url: 'https://a1.execute-api.example' },
    });
    expect(parsed.data.Tables).toEqual(TABLES);
    expect(webConfig(parsed)).toEqual({
      issuer: 'https://cognito-idp.example/pool',
      clientId: 'c1',
      staffClientId: 'c2',
      apiBase: 'https://a1.execute-api.example',
    });
  });
});
