/** The one-off files of an execution, which expire: what is learnt from, and the models to compare with. The state machine names the same folders. */
export const homesKey = (execution: string): string => `training/${execution}/homes/homes.jsonl`;
export const championKey = (execution: string): string => `training/${execution}/champion/model.json`;
export const shippedKey = (execution: string): string => `training/${execution}/champion/shipped.json`;
