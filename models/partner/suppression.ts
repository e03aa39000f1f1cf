import { MAX_SHARE_PERCENT, MIN_COHORT } from '../community/cohort.ts';

/**
 * What may be published of regions. A cell is the homes of one district, or of its whole province, in one month. A cell is shown when no home can be
 * told from it: at least 20 homes, none above 15 % of the total (korea.md 7). What is left over when the shown districts are taken from their
 * province is a cell as well, so it has to be safe too: else further districts are hidden until it is. Cells of one level share no home and every
 * other sum of shown cells is made of safe ones. Figures are rounded to a step that no single home exceeds, so that who joins or leaves
 * between two months is not told by their difference.
 */

/** One home in one month. Energy whole Wh; money whole won, negative where it paid more than its baseline; null: not known. */
export type HomeMonth = { readonly useWh: number; readonly savedWon: number | null };

/** The homes of a region as sums that can be merged; no home is in it by itself but for the size of the largest. */
export type Cell = {
  readonly homes: number;
  readonly useWh: number;
  readonly largestUseWh: number;
  /** homes whose saving is known */
  readonly savers: number;
  readonly savedWon: number;
  /** sum of the sizes of the savings, whatever their signs */
  readonly savedSizeWon: number;
  readonly largestSavedWon: number;
};

export const EMPTY_CELL: Cell = {
  homes: 0,
  useWh: 0,
  largestUseWh: 0,
  savers: 0,
  savedWon: 0,
  savedSizeWon: 0,
  largestSavedWon: 0,
};

export const cellOf = ({ useWh, savedWon }: HomeMonth): Cell => {
  const won = savedWon ?? 0;
  const size = Math.abs(won);
  const savers = savedWon === null ? 0 : 1;
  return { homes: 1, useWh, largestUseWh: useWh, savers, savedWon: won, savedSizeWon: size, largestSavedWon: size };
};

export const mergeCells = (a: Cell, b: Cell): Cell => ({
  homes: a.homes + b.homes,
  useWh: a.useWh + b.useWh,
  largestUseWh: Math.max(a.largestUseWh, b.largestUseWh),
  savers: a.savers + b.savers,
  savedWon: a.savedWon + b.savedWon,
  savedSizeWon: a.savedSizeWon + b.savedSizeWon,
  largestSavedWon: Math.max(a.largestSavedWon, b.largestSavedWon),
});

const isWithinShare = (largest: number, total: number): boolean => largest * 100 <= total * MAX_SHARE_PERCENT;
const isUseSafe = ({ homes, useWh, largestUseWh }: Cell): boolean =>
  homes >= MIN_COHORT && isWithinShare(largestUseWh, useWh);
/** Counted are homes whose saving is known: the others hide nobody, and what is not known is not 0. */
const isSavingSafe = ({ savers, savedSizeWon, largestSavedWon }: Cell): boolean =>
  savers >= MIN_COHORT && isWithinShare(largestSavedWon, savedSizeWon);

/** Figures of a cell as they are published: rounded to the nearest step. `homes` is rounded down to 5. */
export type PublishedCell =
  | { readonly shown: false }
  | {
      readonly shown: true;
      readonly homes: number;
      readonly useWh: number;
      readonly useStepWh: number;
      /** null: hidden, though the use is shown */
      readonly saved: { readonly won: number; readonly stepWon: number } | null;
    };
export type PublishedProvince = {
  readonly total: PublishedCell;
  readonly districts: Readonly<Record<string, PublishedCell>>;
};

const HOMES_STEP = 5;
/** More than most homes use in a month (above 1,000 kWh are 0.7 % of them, 500 kWh is well above the mean, korea.md 5). */
const LEAST_USE_STEP_WH = 500_000;
const LEAST_SAVED_STEP_WON = 10_000;

/** The least step, doubled until no single home is larger. */
const stepOver = (least: number, largest: number): number => {
  let step = least;
  while (step < largest) step *= 2;
  return step;
};
const rounded = (value: number, step: number): number => Math.round(value / step) * step + 0;

type District = readonly [name: string, cell: Cell];
const mergeAll = (districts: readonly District[]): Cell =>
  districts.reduce((sum, [, cell]) => mergeCells(sum, cell), EMPTY_CELL);
const bySize = ([a, one]: District, [b, other]: District): number => one.homes - other.homes || (a < b ? -1 : 1);

/** The districts that may be shown beside their province: the safe ones, without the smallest until what is hidden is safe as a whole. */
const shownAmong = (districts: readonly District[], isSafe: (cell: Cell) => boolean): ReadonlySet<string> => {
  const shown = districts.filter(([, cell]) => isSafe(cell)).toSorted(bySize);
  const hidden = districts.filter(([, cell]) => !isSafe(cell));
  while (hidden.some(([, { homes }]) => homes > 0) && !isSafe(mergeAll(hidden))) {
    const next = shown.shift();
    if (!next) break;
    hidden.push(next);
  }
  return new Set(shown.map(([name]) => name));
};

const published = (cell: Cell, hasSaving: boolean): PublishedCell => {
  const useStepWh = stepOver(LEAST_USE_STEP_WH, cell.largestUseWh);
  const stepWon = stepOver(LEAST_SAVED_STEP_WON, cell.largestSavedWon);
  return {
    shown: true,
    homes: cell.homes - (cell.homes % HOMES_STEP),
    useWh: rounded(cell.useWh, useStepWh),
    useStepWh,
    saved: hasSaving ? { won: rounded(cell.savedWon, stepWon), stepWon } : null,
  };
};

/** A province of one month with its districts, as it may be published. */
export const publishProvince = (districts: ReadonlyMap<string, Cell>): PublishedProvince => {
  const all = [...districts];
  const total = mergeAll(all);
  const withUse = shownAmong(all, isUseSafe);
  const withSaving = shownAmong(all, (cell) => isUseSafe(cell) && isSavingSafe(cell));
  const cells = all.map(([name, cell]): [string, PublishedCell] => [
    name,
    withUse.has(name) ? published(cell, withSaving.has(name)) : { shown: false },
  ]);
  const isShown = isUseSafe(total);
  return {
    total: isShown ? published(total, isSavingSafe(total)) : { shown: false },
    districts: Object.fromEntries(cells),
  };
};
