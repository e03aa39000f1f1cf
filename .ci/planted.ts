import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');

const run = (folder: string, args: string[]): Promise<string> =>
  new Promise((done) => {
    const options = { cwd: folder, maxBuffer: 2 ** 26 };
    execFile(join(ROOT, 'node_modules/.bin/oxlint'), ['--format', 'unix', ...args], options, (_error, stdout, stderr) =>
      done(stdout + stderr),
    );
  });

/**
 * Plants files (path from the root → text) beside a copy of the linter's configuration, in a folder of their own.
 * @returns `file:line rule` of every error the linter reports
 */
export const lintPlanted = async (files: Record<string, string>, ...options: string[]): Promise<Set<string>> => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-planted-'));
  try {
    await copyFile(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      await mkdir(join(folder, dirname(file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    const output = await run(folder, [...options, ...Object.keys(files)]);
    const reports = [...output.matchAll(/^(?<file>[^:\n]+):(?<line>\d+):\d+: .* \[Error\/(?<rule>.*)\]$/gm)];
    if (reports.length === 0) throw new Error(`the linter reported nothing at all:\n${output}`);
    return new Set(reports.map(({ groups }) => `${groups?.['file']}:${groups?.['line']} ${groups?.['rule']}`));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
