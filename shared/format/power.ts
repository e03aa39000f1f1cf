/** Kilowatts of a power in watts, for the headline: always kW with two decimals below 10, so that the unit never jumps. */
export const kwText = (powerW: number): string => {
  const decimals = Math.abs(powerW) < 9_995 ? 2 : 1;
  const scale = 10 ** decimals;
  return ((Math.round((powerW / 1000) * scale) || 0) / scale).toFixed(decimals);
};

/** A power in watts with its unit: W below 1 kW, then kW. */
export const powerText = (powerW: number): string => {
  const whole = Math.round(powerW) || 0;
  return Math.abs(whole) < 1000 ? `${whole} W` : `${kwText(whole)} kW`;
};
