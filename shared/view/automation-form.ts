import type { Automation } from '../api/plan.ts';

/** What the plan keeps to, as it stands in the form. */
export type AutomationDraft = {
  readonly reservePercent: number;
  readonly hasCar: boolean;
  readonly needKwh: string;
  readonly readyBy: string;
};

const CAR = { needKwh: '8', readyBy: '07:00' };
const MOST_KWH = 200;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

export const automationDraft = ({ reservePermille, car }: Automation): AutomationDraft => ({
  reservePercent: Math.round(reservePermille / 10),
  hasCar: car !== null,
  needKwh: car === null ? CAR.needKwh : String(car.needWh / 1000),
  readyBy: car?.readyBy ?? CAR.readyBy,
});

export type AutomationFault = 'needKwh' | 'readyBy';

type Stated = { readonly automation: Automation } | { readonly fault: AutomationFault };

/** What the form says, or which field cannot be read. Whether the plan is on is not its business. */
export const automationOf = (draft: AutomationDraft, isOn: boolean): Stated => {
  const reservePermille = draft.reservePercent * 10;
  if (!draft.hasCar) return { automation: { isOn, reservePermille, car: null } };
  const needKwh = Number(draft.needKwh);
  if (!(needKwh >= 1 && needKwh <= MOST_KWH)) return { fault: 'needKwh' };
  if (!CLOCK.test(draft.readyBy)) return { fault: 'readyBy' };
  return {
    automation: { isOn, reservePermille, car: { needWh: Math.round(needKwh * 1000), readyBy: draft.readyBy } },
  };
};
