import { localDate } from '@hems/models/calendar/seoul';
import { energyTexts } from '@hems/shared/i18n/energy';
import { useSupply } from '@hems/shared/queries/supply';
import { behind } from '@hems/shared/view/card';
import { energyCard } from '@hems/shared/view/energy';
import { UNITS, type EnergyAsked, type Unit } from '@hems/shared/view/energy-bar';
import { comparedSpan, openingMs, spanOf, type Span } from '@hems/shared/view/energy-span';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { EnergyCard } from '../energy/energy-card.tsx';
import { EnergyControls, type Asking } from '../energy/energy-controls.tsx';
import { useEnergy } from '../energy/use-energy.ts';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { readChoice, writeChoice } from '../preferences/stored.ts';
import { useMinute } from '../ui/use-minute.ts';

const ROUTE = '/households/$householdId/energy';
const UNIT_KEY = 'hems.unit';

/** Energy by day, week, month, billing month and year, in kWh or won. Span and comparison live in the address, the unit is remembered. */
export const Energy = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(energyTexts) };
  const { householdId } = useParams({ from: ROUTE });
  const { scope = 'month', date, compare: comparison = 'none' } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [unit, setUnit] = useState<Unit>(() => readChoice(UNIT_KEY, UNITS) ?? 'kwh');
  const nowMs = useMinute();
  const supply = useSupply(householdId);

  const readingDay = supply.data?.supply.readingDay ?? 1;
  const span = spanOf(scope, date ?? localDate(openingMs(nowMs)), readingDay);
  const asked: EnergyAsked = { scope, unit, span, comparison, nowMs };
  const otherSpan: Span | undefined =
    comparison === 'none' ? undefined : comparedSpan(scope, span, { comparison, readingDay });
  const own = useEnergy(householdId, asked, span);
  const other = useEnergy(householdId, asked, otherSpan);

  const go = (change: Asking): void => {
    if (change.unit !== undefined) {
      writeChoice(UNIT_KEY, change.unit);
      setUnit(change.unit);
    }
    const { unit: _unit, ...search } = change;
    void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  };
  return (
    <HouseholdScreen householdId={householdId} title={words.s.title} screen={ROUTE} main={own}>
      {({ session, retry }) => (
        <>
          <EnergyControls
            asked={asked}
            words={words}
            today={localDate(nowMs)}
            assumed={supply.data?.assumed === true}
            onAsk={go}
          />
          <EnergyCard
            card={energyCard(
              { ...asked, own: behind(session, own), ...(otherSpan && { other: { span: otherSpan, loaded: other } }) },
              words,
            )}
            asked={asked}
            words={words}
            onRetry={retry}
          />
        </>
      )}
    </HouseholdScreen>
  );
};
