/** Measured energy of a period as the utility bills it: whole kWh, rounded half up, once for the period (korea.md 1.1). */
export const billedKwh = (measuredWh: number): number => Math.floor((measuredWh + 500) / 1000);
