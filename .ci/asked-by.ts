import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { registerOption } from './asked.ts';

/** Begins the record of a file of tests, for its own process and those that it starts. */
const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'node_modules/.cache/hems-asked');
const REGISTER = registerOption(ROOT);

const test = expect.getState().testPath ?? '';
const file = join(FOLDER, `${createHash('sha256').update(test).digest('hex').slice(0, 16)}.txt`);
mkdirSync(FOLDER, { recursive: true });
writeFileSync(file, `# ${test}\n`);
process.env['HEMS_ASKED_FILE'] = file;
const options = process.env['NODE_OPTIONS'] ?? '';
if (!options.includes(REGISTER)) process.env['NODE_OPTIONS'] = `${options} ${REGISTER}`.trim();
