import { useDays } from '@hems/shared/queries/days';
import { useUsage } from '@hems/shared/queries/usage';
import type { Loaded } from '@hems/shared/view/card';
import type { EnergyAnswer } from '@hems/shared/view/energy';
import type { EnergyAsked } from '@hems/shared/view/energy-bar';
import { grainOf, type Span } from '@hems/shared/view/energy-span';
import { useMemo } from 'react';

/** What a chart of the span rests on: intervals for kWh, daily items for won; nothing without a span. */
export const useEnergy = (
  householdId: string,
  { unit, scope }: Pick<EnergyAsked, 'unit' | 'scope'>,
  span: Span | undefined,
): Loaded<EnergyAnswer> => {
  const asked = unit === 'kwh' && span ? { grain: grainOf(scope), ...span } : undefined;
  const usage = useUsage(householdId, asked);
  const days = useDays(householdId, unit === 'won' ? span : undefined);
  return useMemo((): Loaded<EnergyAnswer> => {
    const loaded = unit === 'kwh' ? usage : days;
    const data = unit === 'kwh' ? usage.data && { usage: usage.data } : days.data && { days: days.data };
    return { ...loaded, data };
  }, [unit, usage, days]);
};
