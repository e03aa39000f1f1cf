import type { Metafile } from 'esbuild';
import { bundleOf, clientsIn, ENTRIES, modelBytesIn } from '../bundles.ts';
import type { Measured } from './measure.ts';

/** A function with two SDK clients at most is one that somebody waits for, or could be. */
const FEW_CLIENTS = 2;
const LIMIT = {
  few: { bytes: 1_000_000, loadMs: 150 },
  many: { bytes: 1_500_000, loadMs: 250 },
} as const;
/** What a median of three rounds may be off by on the same machine. */
const SPREAD = 1.2;

export type Weighed = Measured & {
  /** without the model of forecasts, which is data and read at the first forecast */
  readonly bytes: number;
  readonly modelBytes: number;
  readonly clients: readonly string[];
};

export const weighed = (metafile: Metafile, measured: readonly Measured[]): Weighed[] =>
  measured.map((one) => {
    const bundle = bundleOf(metafile, one.entry);
    const modelBytes = modelBytesIn(bundle);
    return { ...one, bytes: bundle.bytes - modelBytes, modelBytes, clients: clientsIn(bundle) };
  });

type Size = Pick<Weighed, 'entry' | 'bytes' | 'clients'>;
export const limitOf = ({ clients }: Pick<Weighed, 'clients'>) => LIMIT[clients.length <= FEW_CLIENTS ? 'few' : 'many'];

/** What is over its limit by its bytes, in words. */
export const tooLarge = (sizes: readonly Size[]): string[] =>
  sizes.flatMap((one) => {
    const { bytes } = limitOf(one);
    return one.bytes > bytes ? [`${one.entry} has ${one.bytes} bytes, ${bytes} are allowed`] : [];
  });

export const sizesOf = (metafile: Metafile): Size[] =>
  ENTRIES.map((entry) => {
    const bundle = bundleOf(metafile, entry);
    return { entry, bytes: bundle.bytes - modelBytesIn(bundle), clients: clientsIn(bundle) };
  });

/** The same by its load, on a machine so many times slower than that of the report. */
export const tooSlow = (all: readonly Weighed[], slowness: number): string[] =>
  all.flatMap((one) => {
    const allowed = limitOf(one).loadMs * slowness * SPREAD;
    return one.loadMs > allowed
      ? [`${one.entry} takes ${one.loadMs.toFixed(0)} ms to load, ${allowed.toFixed(0)} are allowed on this machine`]
      : [];
  });
