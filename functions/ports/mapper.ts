/**
 * Evaluates an expression over JSON. Rejects where the expression or the JSON is not as it should be, or takes longer than a mapping may;
 * gives back plain JSON, `undefined` where nothing was found.
 */
export type Mapper = { map(expression: string, input: unknown): Promise<unknown> };
