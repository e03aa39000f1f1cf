/** The levels of the predictive distribution, and where the ones that are spoken of stand in it. */
export const LEVELS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95] as const;
export const DECILES = LEVELS.slice(1, -1);
export const MEDIAN_AT = LEVELS.indexOf(0.5);
export const P10_AT = LEVELS.indexOf(0.1);
export const P90_AT = LEVELS.indexOf(0.9);
