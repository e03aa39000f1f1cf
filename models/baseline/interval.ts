/** The share of outcomes the interval is meant to hold. How many it does hold is the scorecard's to say. */
export const CONFIDENCE_PERCENT = 80;

/** Student's t, 90th percentile, by degrees of freedom; beyond the table the normal's. */
const T_90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345, 1.341];
const NORMAL_90 = 1.2816;

/** Half the width of an 80 % prediction interval for one more day like these: t · s · √(1 + 1/n). Null for a single day. */
export const predictionHalfWidth = (values: readonly number[]): number | null => {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return (T_90[n - 2] ?? NORMAL_90) * Math.sqrt(variance * (1 + 1 / n));
};

/** Whole Wh around the expected use; what is used cannot be negative. */
export const around = (expectedWh: number, halfWidth: number | null): { lowWh: number; highWh: number } | null =>
  halfWidth === null
    ? null
    : { lowWh: Math.max(0, Math.floor(expectedWh - halfWidth)), highWh: Math.ceil(expectedWh + halfWidth) };
