import { localDate } from '@hems/models/calendar/seoul';
import { energyTexts } from '@hems/shared/i18n/energy';
import { homeTexts } from '@hems/shared/i18n/home';
import { useDevices } from '@hems/shared/queries/equipment';
import { useSupply } from '@hems/shared/queries/supply';
import { useDeviceUsage } from '@hems/shared/queries/usage';
import { behind, empty, type Loaded } from '@hems/shared/view/card';
import { deviceLinksCard, deviceSpan, deviceUsageCard } from '@hems/shared/view/device-usage';
import { energyCard } from '@hems/shared/view/energy';
import { UNITS, type EnergyAsked, type Unit } from '@hems/shared/view/energy-bar';
import type { EnergyAnswer } from '@hems/shared/view/energy-series';
import { comparedSpan, openingMs, spanOf, type Span } from '@hems/shared/view/energy-span';
import { STEPS } from '@hems/shared/view/scope';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { DeviceLinksCard, DeviceUsageCard } from '../energy/device-usage-card.tsx';
import { EnergyCard } from '../energy/energy-card.tsx';
import { EnergyControls, UnitChoice, type Asking } from '../energy/energy-controls.tsx';
import { EnergyTabs } from '../energy/energy-tabs.tsx';
import styles from '../energy/energy.module.css';
import { useEnergy } from '../energy/use-energy.ts';
import { HouseholdScreen, type Gate } from '../household/household-screen.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { readChoice, writeChoice } from '../preferences/stored.ts';
import { useMinute } from '../ui/use-minute.ts';

const ROUTE = '/households/$householdId/energy';
const UNIT_KEY = 'hems.unit';

type SideProps = {
  readonly householdId: string;
  readonly asked: EnergyAsked;
  readonly own: Loaded<EnergyAnswer>;
  readonly gate: Gate;
};

/** Where it went, and the way to each device. */
const Side = ({ householdId, asked, own, gate: { session, retry } }: SideProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(energyTexts), home: useTexts(homeTexts) };
  const { scope, span, unit, nowMs } = asked;
  // single devices are told of a month at most
  const usage = useDeviceUsage(householdId, scope === 'year' ? undefined : deviceSpan(unit, span, own.data));
  const devices = useDevices(householdId);
  const [loaded, costs] = [behind(session, usage), behind(session, own)];
  const card =
    scope === 'year' ? empty(words.s.devices.tooLong) : deviceUsageCard({ loaded, span, scope, unit, costs }, words);
  return (
    <>
      <DeviceUsageCard householdId={householdId} card={card} s={words.s} onRetry={retry} />
      <DeviceLinksCard
        householdId={householdId}
        card={deviceLinksCard(behind(session, devices), nowMs, words)}
        s={words.s}
        onRetry={retry}
      />
    </>
  );
};

/** Energy by day, week, month, billing month and year, in kWh or won, and by device. Span and comparison live in the address, the unit is remembered. */
export const Energy = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(energyTexts) };
  const { householdId } = useParams({ from: ROUTE });
  const { scope = 'month', date, compare: comparison = 'none', step: stepAsked } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [unit, setUnit] = useState<Unit>(() => readChoice(UNIT_KEY, UNITS) ?? 'kwh');
  const nowMs = useMinute();
  const supply = useSupply(householdId);

  const today = localDate(nowMs);
  const readingDay = supply.data?.supply.readingDay ?? 1;
  const span = spanOf(scope, date ?? localDate(openingMs(nowMs)), readingDay);
  const step = STEPS.find((one) => one === stepAsked);
  const asked: EnergyAsked = { scope, unit, span, comparison, step, nowMs };
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
      {(gate) => (
        <>
          <EnergyTabs householdId={householdId} s={words.s}>
            <UnitChoice asked={asked} words={words} onAsk={go} />
          </EnergyTabs>
          <EnergyControls
            asked={asked}
            words={words}
            today={today}
            assumed={supply.data?.assumed === true}
            onAsk={go}
          />
          <div className={styles['grid']}>
            <EnergyCard
              card={energyCard(
                {
                  ...asked,
                  own: behind(gate.session, own),
                  ...(otherSpan && { other: { span: otherSpan, loaded: other } }),
                },
                words,
              )}
              asked={asked}
              words={words}
              today={today}
              onAsk={go}
              onRetry={gate.retry}
            />
            <Side householdId={householdId} asked={asked} own={own} gate={gate} />
          </div>
        </>
      )}
    </HouseholdScreen>
  );
};
