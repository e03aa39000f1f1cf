import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { systemClock } from '../clock.ts';
import { FORMAT } from '../data-directory.ts';
import { runBackup, runRestore } from './backup.ts';
import { CommandRefused } from './sign-in.ts';

let folder: string;
let data: string;
const printed: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-backup-command-'));
  data = join(folder, 'data');
  await mkdir(data);
  await writeFile(join(data, 'format'), FORMAT);
  await writeFile(join(folder, 'file'), '');
  const database = openDatabase(join(data, 'hems.sqlite'));
  sqliteTable({ database, clock: systemClock });
  await database.close();
  printed.length = 0;
  for (const stream of ['log', 'error'] as const)
    vi.spyOn(console, stream).mockImplementation((line: string) => void printed.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const backUp = async (): Promise<string> => {
  expect(await runBackup(['--data', data, '--to', join(folder, 'to')])).toBe(0);
  return printed[0]?.split('\n')[0] ?? '';
};

test('a backup below a file, and a restore into one, are refused in a sentence that says which', async () => {
  const file = join(folder, 'file');
  const backup = await backUp();
  const commands = [
    async () => await runBackup(['--data', data, '--to', file]),
    async () => await runRestore([backup, '--data', file]),
  ];
  for (const command of commands) {
    const why: unknown = await command().catch((error: unknown) => error);
    expect(why).toBeInstanceOf(CommandRefused);
    expect(String(why)).toMatch(/nothing was (backed up|restored): .*file.*choose another/);
  }
});

test('a backup that is whole ends with 1 where its data directory cannot be told of it', async () => {
  await mkdir(join(data, 'last-backup', 'in the way'), { recursive: true });
  expect(await runBackup(['--data', data, '--to', join(folder, 'to')])).toBe(1);
  expect(printed.at(-1)).toMatch(/^the backup is whole, but .*could not be told of it/);
});

test('a restore says how many were erased again, of how many, and what has to be done again by hand', async () => {
  const backup = await backUp();
  await runRestore([backup, '--data', join(folder, 'restored'), '--newer', data]);
  expect(printed.join('\n')).toMatch(/erased again: 0 of 0 homes \(0 later\)[\s\S]*done again[\s\S]*gateways/);
  await runRestore([backup, '--data', join(folder, 'again')]);
  expect(printed.at(-2)).toMatch(/could not be looked up without --newer[\s\S]*consents that were withdrawn/);
  await expect(runRestore([backup, '--data', join(folder, 'third'), '--erase', '1e3'])).rejects.toThrow(/whole number/);
  expect(await readdir(folder)).not.toContain('third');
});
