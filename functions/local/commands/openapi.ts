import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../docs/openapi.ts';
import { partnerOpenApiDocument } from '../docs/partner-openapi.ts';
import { signingVectors } from '../docs/signing-vectors.ts';
import { telemetryPage, telemetrySchemas } from '../docs/telemetry.ts';

export const DOCS = fileURLToPath(new URL('../../../docs/api/', import.meta.url));

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What docs/api holds, by path below it. */
export const apiDocs = async (): Promise<Record<string, string>> => ({
  'openapi.json': json(openApiDocument()),
  'partner-openapi.json': json(partnerOpenApiDocument()),
  'signing-vectors.json': json(await signingVectors()),
  'telemetry.md': telemetryPage(),
  ...Object.fromEntries(
    Object.entries(telemetrySchemas()).map(([name, schema]) => [`schemas/${name}.json`, json(schema)]),
  ),
});

/** `hems openapi`: writes docs/api from the contract. */
export const writeApiDocs = async (): Promise<number> => {
  await mkdir(`${DOCS}schemas`, { recursive: true });
  for (const [path, text] of Object.entries(await apiDocs())) {
    await writeFile(DOCS + path, text);
    console.log(`docs/api/${path}`);
  }
  return 0;
};
