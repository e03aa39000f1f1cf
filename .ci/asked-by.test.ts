import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registerOption } from './asked.ts';

test('in a clone whose path has a space a process that a test starts notes what its handlers ask', async () => {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'a clone '));
  try {
    for (const folder of ['.ci', 'functions/api', 'functions/testing'])
      await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, 'package.json'), '{ "type": "module" }');
    for (const name of ['asked-register.mjs', 'asked-hooks.ts', 'asked.ts'])
      await cp(join(import.meta.dirname, name), join(root, '.ci', name));
    await writeFile(
      join(root, 'functions/testing/asked.ts'),
      'export const asFunction = (name: string, own: () => string) => () => `${name} ${own()}`;',
    );
    const handler = join(root, 'functions/api/home.ts');
    await writeFile(handler, "export const handler = () => 'answers';");
    await writeFile(
      join(root, 'start.ts'),
      "import { handler } from './functions/api/home.ts';\nconsole.log(handler());",
    );
    const said = execFileSync(process.execPath, [join(root, 'start.ts')], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: registerOption(root) },
    });
    expect(said.trim()).toBe('api/home answers');
  } finally {
    await rm(root, { recursive: true });
  }
});
