import { assistantTexts } from '@hems/shared/i18n/assistant';
import type { PlanAnswer } from '@hems/shared/api/plan';
import { planTexts } from '@hems/shared/i18n/plan';
import { mayDo } from '@hems/models/household/permissions';
import { usePlan } from '@hems/shared/queries/plan';
import { useSession } from '@hems/shared/queries/session';
import { behind, isFilled, type Loaded } from '@hems/shared/view/card';
import { lacksConsent } from '@hems/shared/view/next-hour';
import { isPlannable, ordersCard, planCard } from '@hems/shared/view/plan';
import type { ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import { AssistantPage } from '../assistant/assistant-page.tsx';
import { ConsentNeeded } from '../assistant/consent-needed.tsx';
import type { PageProps } from '../assistant/pages.ts';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { useMinute } from '../ui/use-minute.ts';
import { AutomationCard, type PlanPartProps } from './automation-card.tsx';
import { ChargerSettings } from './charger-settings.tsx';
import { OrdersCard } from './orders-card.tsx';
import { Lacking } from './lacking.tsx';
import { OverrideCard } from './override-card.tsx';
import { PlanCard } from './plan-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { TimelineCard } from './timeline-card.tsx';

type ControlsProps = PlanPartProps & {
  readonly loaded: Loaded<PlanAnswer>;
  readonly viewer: string;
  readonly onRetry: () => void;
};

/** Who decides: the opt-in, setting the plan aside, what it keeps to, and what was ordered. A viewer looks. */
const Controls = ({ loaded, viewer, onRetry, ...own }: ControlsProps): ReactNode => {
  if (!isPlannable(own.answer)) return own.mayOrder ? <ChargerSettings {...own} /> : null;
  return (
    <>
      {!own.mayOrder && <p className={grid['sub']}>{viewer}</p>}
      <AutomationCard {...own} />
      <OverrideCard {...own} />
      {own.mayOrder && <SettingsCard {...own} />}
      <OrdersCard card={ordersCard(loaded, own.words, own.nowMs)} words={own.words} onRetry={onRetry} />
    </>
  );
};

/** What battery and car are to do and why, and who decides. */
export const PlanPage = ({ householdId }: PageProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(planTexts) };
  const { viewer } = useTexts(assistantTexts);
  const nowMs = useMinute();
  const plan = usePlan(householdId);
  const role = useSession().data?.households.find((one) => one.householdId === householdId)?.role;
  const mayOrder = role !== undefined && mayDo(role, 'order-devices');
  return (
    <AssistantPage householdId={householdId} main={plan}>
      {({ session, retry }) => {
        if (lacksConsent(plan.error) || plan.data?.why === 'no-consent')
          return <ConsentNeeded householdId={householdId} />;
        const shown = behind(session, plan);
        const card = planCard(shown, words, nowMs);
        const own = shown.data && { answer: shown.data, householdId, words, nowMs, mayOrder };
        return (
          <div className={grid['grid']}>
            <div className={grid['column']}>
              <Lacking why={shown.data?.why ?? null} householdId={householdId} words={words}>
                <PlanCard card={card} words={words} onRetry={retry} />
              </Lacking>
              {isFilled(card) && <TimelineCard view={card.content} words={words} />}
            </div>
            <div className={grid['column']}>
              {own && <Controls {...own} loaded={shown} viewer={viewer} onRetry={retry} />}
            </div>
          </div>
        );
      }}
    </AssistantPage>
  );
};
