import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { BACKUPS_KEPT_DAYS } from './last-backup.ts';
import { readManifest } from './manifest.ts';

/** What a backup is called until it is whole. */
export const PART = '.part';
/** However old they are and whatever the clock says. */
export const NEWEST_KEPT = 3;

export type Thinned = {
  readonly removed: readonly string[];
  /** what could not be removed, and why */ readonly warnings: readonly string[];
};
type Kept = { readonly name: string; readonly madeMs: number };

/** Of the last hour every backup, of the last day one an hour, before that one a day: backups of one slot make room for its last. */
const slotOf = (madeMs: number, nowMs: number): string => {
  if (nowMs - madeMs <= HOUR_MS) return String(madeMs);
  return nowMs - madeMs <= DAY_MS ? `hour ${Math.floor(madeMs / HOUR_MS)}` : localDate(madeMs);
};

/** Newest first. Of those past their age the oldest alone: a clock that is ahead for a while may cost a few, and not all at once. */
const superfluous = (backups: readonly Kept[], nowMs: number): string[] => {
  const slots = new Set<string>();
  const [aged, doubled]: [string[], string[]] = [[], []];
  for (const [index, { name, madeMs }] of backups.entries()) {
    const slot = slotOf(madeMs, nowMs);
    if (index >= NEWEST_KEPT) {
      if (nowMs - madeMs > BACKUPS_KEPT_DAYS * DAY_MS) aged.push(name);
      else if (slots.has(slot)) doubled.push(name);
    }
    slots.add(slot);
  }
  return [...doubled, ...aged.slice(-1)];
};

/** Pieces of backups that were cut off. One that is being made is younger. */
const pieces = async (folder: string, nowMs: number): Promise<string[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(PART));
  const aged = await Promise.all(names.map(async (name) => nowMs - (await stat(join(folder, name))).mtimeMs > DAY_MS));
  return names.filter((_, index) => aged[index]);
};

/** Takes out of the folder of one data directory what others stand for, or what is too old. Only what a manifest of ours says, and pieces of ours. */
export const thinBackups = async (folder: string, nowMs: number): Promise<Thinned> => {
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, made: await readManifest(join(folder, name)) })),
  );
  const backups = found
    .flatMap(({ name, made }) => (made && !name.endsWith(PART) ? [{ name, madeMs: made.madeMs }] : []))
    .toSorted((a, b) => b.madeMs - a.madeMs);
  const [removed, warnings]: [string[], string[]] = [[], []];
  for (const name of [...superfluous(backups, nowMs), ...(await pieces(folder, nowMs))])
    try {
      await rm(join(folder, name), { recursive: true });
      removed.push(name);
    } catch (error) {
      warnings.push(`${join(folder, name)} could not be deleted: ${String(error)}`);
    }
  return { removed, warnings };
};
