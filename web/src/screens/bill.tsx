import { billTexts } from '@hems/shared/i18n/bill';
import { energyTexts } from '@hems/shared/i18n/energy';
import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { useRunningBill } from '@hems/shared/queries/bill';
import { useSupply } from '@hems/shared/queries/supply';
import { billCard } from '@hems/shared/view/bill';
import { behind } from '@hems/shared/view/card';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BillPager } from '../bill/bill-pager.tsx';
import { LinesCard } from '../bill/lines-card.tsx';
import { ProjectionCard } from '../bill/projection-card.tsx';
import { SupplyCard } from '../bill/supply-card.tsx';
import { ToDateCard } from '../bill/to-date-card.tsx';
import grid from '../bill/bill.module.css';
import { EnergyTabs } from '../energy/energy-tabs.tsx';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';

const ROUTE = '/households/$householdId/bill';

/** The bill of a meter-reading period: so far, at its end, what the next kWh costs, and every line of it. */
export const Bill = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(billTexts), reasons: useTexts(reasonsTexts) };
  const energy = useTexts(energyTexts);
  const { householdId } = useParams({ from: ROUTE });
  const { date } = useSearch({ from: ROUTE });
  const bill = useRunningBill(householdId, date);
  const supply = useSupply(householdId);
  return (
    <HouseholdScreen householdId={householdId} title={words.s.title} screen={ROUTE} main={bill}>
      {({ session, retry }) => {
        const card = billCard(behind(session, bill), words);
        return (
          <>
            <EnergyTabs householdId={householdId} s={energy} />
            <BillPager period={bill.data?.period} words={words} />
            <div className={grid['grid']}>
              <ToDateCard card={card} words={words} onRetry={retry} />
              <ProjectionCard card={card} words={words} onRetry={retry} />
              <SupplyCard householdId={householdId} loaded={behind(session, supply)} words={words} onRetry={retry} />
              <LinesCard card={card} words={words} />
            </div>
          </>
        );
      }}
    </HouseholdScreen>
  );
};
