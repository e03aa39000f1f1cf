/** Why a part of a history file is not taken; the screens have a text for each. */
export const PART_REASONS = [
  'no-date',
  'no-time',
  'no-value',
  'not-a-number',
  'negative',
  'too-large',
  'odd-interval',
  'conflict',
  'overlap',
  'missing-hours',
  'not-over',
  'too-old',
  'measured',
  'final',
  'no-unit',
  'unit',
  'no-multiplier',
  'no-direction',
  'direction',
  'accumulation',
  'not-electricity',
  'not-energy',
  'no-reading-type',
  'no-meter-reading',
] as const;
export type PartReason = (typeof PART_REASONS)[number];

/** Why a whole file is refused. */
export const FILE_REASONS = [
  'no-file',
  'stuck',
  'gone',
  'too-large',
  'empty',
  'not-a-history',
  'spreadsheet',
  'nested-archive',
  'several-files',
  'damaged-archive',
  'inflates-too-much',
  'encoding',
  'malformed',
  'entities',
  'too-deep',
  'too-long',
  'no-columns',
  'no-unit',
  'unclear-hours',
  'too-many-readings',
  'too-many-days',
  'too-many-refused',
  'several-usage-points',
  'nothing-usable',
] as const;
export type FileReason = (typeof FILE_REASONS)[number];

/** A file that is refused as a whole: what is wrong with it and what to do. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly code: FileReason;
  constructor(code: FileReason, detail: string) {
    super(detail);
    this.code = code;
  }
}

export type Refusal = { readonly line: number; readonly code: PartReason; readonly reason: string };

/** What is told of the refused parts of a file: the first of them, and how many they are. */
export type Refusals = {
  add(refusal: Refusal): void;
  readonly first: readonly Refusal[];
  readonly count: () => number;
};

const TOLD = 100;
/** Eleven years of hours: what is wrong so often is no history, and reading on would tell nothing new. */
const MAX_REFUSED = 100_000;

/** Keeps the first hundred, however many come; gives the file up when there is no end of them. */
export const refusals = (): Refusals => {
  const first: Refusal[] = [];
  let count = 0;
  return {
    add: (refusal) => {
      count += 1;
      if (count > MAX_REFUSED)
        throw new FileRefused(
          'too-many-refused',
          `more than ${MAX_REFUSED} parts of the file cannot be taken: ${refusal.reason}`,
        );
      if (first.length < TOLD) first.push(refusal);
    },
    first,
    count: () => count,
  };
};
