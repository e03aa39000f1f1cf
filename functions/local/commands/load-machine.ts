import { execFileSync } from 'node:child_process';
import { cpus, getPriority, totalmem } from 'node:os';

/** The commit that ran, and whether anything was changed since. */
export const commitOf = (): string => {
  try {
    const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' and later changes'}`;
  } catch {
    return 'unknown';
  }
};

/** What it ran on; `nice`: how far behind other work it stood in line for a processor. */
export const machine = (): string => {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, nice ${getPriority()}`;
};
