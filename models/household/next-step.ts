export type Steps = {
  readonly hasPlace: boolean;
  readonly supplyConfirmed: boolean;
  readonly isProven: boolean;
  readonly historyDays: number;
  readonly devices: number;
};
export type Step = 'place' | 'supply' | 'proof' | 'history' | 'device' | 'done';

/** The first step of joining that is open. A home whose devices speak needs no history; one without lives on its history. */
export const nextStep = ({ hasPlace, supplyConfirmed, isProven, historyDays, devices }: Steps): Step => {
  if (!hasPlace) return 'place';
  if (!supplyConfirmed) return 'supply';
  if (!isProven) return 'proof';
  if (devices > 0) return 'done';
  return historyDays > 0 ? 'device' : 'history';
};
