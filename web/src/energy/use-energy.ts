import { localDate } from '@hems/models/calendar/seoul';
import { useDays, useToday } from '@hems/shared/queries/days';
import { useUsage } from '@hems/shared/queries/usage';
import type { Loaded } from '@hems/shared/view/card';
import type { EnergyAnswer } from '@hems/shared/view/energy-series';
import { binsAsked, type EnergyAsked } from '@hems/shared/view/energy-bar';
import { grainOf, type Span } from '@hems/shared/view/energy-span';
import { useMemo } from 'react';

/** The costs of the days of a span, with today where it is one of them. Without an answer about today the days before it are shown. */
const useCosts = (householdId: string, span: Span | undefined, nowMs: number): Loaded<EnergyAnswer> => {
  const date = localDate(nowMs);
  const asked = span !== undefined && span.from <= date && date <= span.to;
  const days = useDays(householdId, span);
  const today = useToday(householdId, { asked });
  return useMemo((): Loaded<EnergyAnswer> => {
    const isAwaited = asked && today.data === undefined && today.error === null && !today.paused;
    const data = days.data && !isAwaited ? { days: days.data, today: asked ? today.data : undefined } : undefined;
    return { ...days, data };
  }, [days, today, asked]);
};

/** What a chart of the span rests on: intervals for kWh, daily items and today for won; nothing without a span. */
export const useEnergy = (
  householdId: string,
  { unit, scope, step, nowMs }: Pick<EnergyAsked, 'unit' | 'scope' | 'step' | 'nowMs'>,
  span: Span | undefined,
): Loaded<EnergyAnswer> => {
  const asked = unit === 'kwh' && span ? { grain: grainOf(binsAsked({ unit, scope, step })), ...span } : undefined;
  const usage = useUsage(householdId, asked);
  const costs = useCosts(householdId, unit === 'won' ? span : undefined, nowMs);
  return useMemo(
    (): Loaded<EnergyAnswer> => (unit === 'won' ? costs : { ...usage, data: usage.data && { usage: usage.data } }),
    [unit, usage, costs],
  );
};
