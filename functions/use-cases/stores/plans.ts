import * as z from 'zod';
import type { Key, Table } from '../../ports/table.ts';

/**
 * The plan of a household as it stands, `PLAN` of table `energy`: one item, replaced each half hour, gone two days after the last. A step is
 * a row of whole numbers, so that 48 hours stay below 6 KB.
 */
const KEPT_S = 2 * 86_400;

const whole = z.int();
/** load, generation, battery (+ discharges), car, grid (+ draws), W; in the cells at the end, Wh; price, hundredths of a won; the reason */
const row = z.tuple([whole, whole, whole, whole, whole, whole, whole, z.string()]);
const stored = z.object({
  madeAtMs: whole,
  startMs: whole,
  stepMinutes: whole,
  status: z.enum(['planned', 'safe']),
  conflicts: z.array(z.string()),
  /** of the battery; 0: none is planned */
  capacityWh: whole,
  won: whole,
  selfUseWon: whole,
  changes: whole,
  rows: z.array(row),
});
type Stored = z.infer<typeof stored>;

export type KeptStep = {
  readonly startMs: number;
  readonly loadW: number;
  readonly pvW: number;
  readonly batteryW: number;
  readonly carW: number;
  readonly gridW: number;
  readonly storedWh: number;
  readonly buyWon: number;
  readonly reason: string;
};
export type KeptPlan = Omit<Stored, 'rows' | 'startMs'> & { readonly steps: readonly KeptStep[] };

const key = (householdId: string): Key => ({ table: 'energy', pk: `H#${householdId}`, sk: 'PLAN' });

const toRow = (step: KeptStep): z.infer<typeof row> => [
  step.loadW,
  step.pvW,
  step.batteryW,
  step.carW,
  step.gridW,
  step.storedWh,
  Math.round(step.buyWon * 100),
  step.reason,
];

const toStep = ([loadW, pvW, batteryW, carW, gridW, storedWh, buy, reason]: z.infer<typeof row>, startMs: number) => ({
  startMs,
  loadW,
  pvW,
  batteryW,
  carW,
  gridW,
  storedWh,
  buyWon: buy / 100,
  reason,
});

export const readKeptPlan = async (table: Table, householdId: string): Promise<KeptPlan | undefined> => {
  const item = await table.get(key(householdId));
  // what an older release kept is no plan any more; the next half hour makes one
  const kept = item && stored.safeParse(item.data).data;
  if (!kept) return undefined;
  const { rows, startMs, ...plan } = kept;
  return { ...plan, steps: rows.map((one, i) => toStep(one, startMs + i * plan.stepMinutes * 60_000)) };
};

export const keepPlan = async (table: Table, householdId: string, { steps, ...plan }: KeptPlan): Promise<void> => {
  const data: Stored = { ...plan, startMs: steps[0]?.startMs ?? plan.madeAtMs, rows: steps.map(toRow) };
  await table.put({ ...key(householdId), data, expiresAt: Math.ceil(plan.madeAtMs / 1000) + KEPT_S });
};
