import type { NetMetering } from './request.ts';

export type Netted = { readonly billedKwh: number; readonly carriedOutKwh: number };

/** Billed use = import − (surplus + credit carried in); credit beyond the import is carried to the next period (korea.md 1.12). */
export const netted = (
  importKwh: number,
  { exportKwh, carriedKwh }: Pick<NetMetering, 'exportKwh' | 'carriedKwh'>,
): Netted => {
  const left = importKwh - exportKwh - carriedKwh;
  return { billedKwh: Math.max(0, left), carriedOutKwh: Math.max(0, -left) };
};
