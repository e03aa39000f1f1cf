import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { command, commandResult } from '@hems/shared/events/commands';
import { batchMessage, batchPoint, readingMessage } from '@hems/shared/events/telemetry';
import { contract } from '@hems/shared/api/contract';
import { telemetryExamples, telemetrySchemas } from '../docs/telemetry.ts';
import { openApiDocument } from '../docs/openapi.ts';
import { apiDocs, DOCS } from './openapi.ts';

test.each(Object.entries(await apiDocs()))(
  'docs/api/%s is what the contract says; npm run hems -- openapi writes it',
  async (path, text) => {
    expect(await readFile(DOCS + path, 'utf8')).toBe(text);
  },
);

test('every route of the contract is in the document, behind a token unless it is public', () => {
  const { paths } = openApiDocument() as {
    paths: Record<string, Record<string, { operationId: string; security: unknown[] }>>;
  };
  for (const route of Object.values(contract).flat()) {
    const operation = paths[route.path]?.[route.method.toLowerCase()];
    expect(operation?.operationId).toBe(route.name);
    expect(operation?.security).toHaveLength(route.auth === 'public' ? 0 : 1);
  }
});

test('the examples of the telemetry page are messages that the platform takes', () => {
  const { reading, batch, cmd, 'cmd-result': result } = telemetryExamples;
  expect(readingMessage.parse(reading)).toEqual(reading);
  expect(batchMessage.parse(batch).points.map((point) => batchPoint.parse(point))).toEqual(batch.points);
  expect(command.parse(cmd)).toEqual(cmd);
  expect(commandResult.parse(result)).toEqual(result);
  expect(Object.keys(telemetryExamples).toSorted()).toEqual(Object.keys(telemetrySchemas()).toSorted());
});
