import type { Onboarding } from '@hems/shared/api/onboarding';
import { onboardingTexts } from '@hems/shared/i18n/onboarding';
import { useOnboarding } from '@hems/shared/queries/onboarding';
import { behind, cardOf, ready } from '@hems/shared/view/card';
import { useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useReducer, useRef, type ReactNode } from 'react';
import { HouseholdScreen } from '../household/household-screen.tsx';
import { DeviceStep } from '../onboarding/device-step.tsx';
import { DoneStep } from '../onboarding/done-step.tsx';
import { HistoryStep } from '../onboarding/history-step.tsx';
import styles from '../onboarding/onboarding.module.css';
import { PlaceStep } from '../onboarding/place-step.tsx';
import { ProofStep } from '../onboarding/proof-step.tsx';
import { SizeStep } from '../onboarding/size-step.tsx';
import { reduce, UNKNOWN, type Step } from '../onboarding/state.ts';
import { Progress, type StepProps } from '../onboarding/step.tsx';
import { SupplyStep } from '../onboarding/supply-step.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';

const ROUTE = '/households/$householdId/onboarding';

const STEP: Record<Step, (props: StepProps) => ReactNode> = {
  place: PlaceStep,
  size: SizeStep,
  supply: SupplyStep,
  proof: ProofStep,
  history: HistoryStep,
  device: DeviceStep,
  done: DoneStep,
};

/** Joining, one question group at a time. The service knows what is done; leaving and coming back goes on there. */
export const OnboardingPage = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(onboardingTexts) };
  const { s } = words;
  const { householdId } = useParams({ from: ROUTE });
  const onboarding = useOnboarding(householdId);
  const [state, act] = useReducer(reduce, UNKNOWN);
  const { data } = onboarding;
  useEffect(() => {
    if (data) act({ type: 'told', told: data });
  }, [data]);
  const onAnswered = useCallback((told: Onboarding) => act({ type: 'answered', told }), []);

  // Another step is another page for whoever reads or listens: it begins at its top.
  const top = useRef<HTMLDivElement>(null);
  const shown = useRef(state.at);
  useEffect(() => {
    if (shown.current !== 'unknown' && shown.current !== state.at) {
      top.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    shown.current = state.at;
  }, [state.at]);

  const at = state.at === 'unknown' ? 'place' : state.at;
  const StepShown = STEP[at];
  return (
    <HouseholdScreen householdId={householdId} title={s.title} screen={ROUTE} main={onboarding} beforeProof>
      {({ session, retry }) => {
        const card = cardOf(behind(session, onboarding), words.t, ready);
        const isKnown = state.at !== 'unknown';
        return (
          <div className={styles['narrow']} ref={top} tabIndex={-1}>
            {isKnown && <Progress at={at} s={s} />}
            <Card
              title={isKnown ? s.steps[at] : s.title}
              card={card.state === 'ready' && !isKnown ? { state: 'loading' } : card}
              className={styles['step']}
              onRetry={retry}
            >
              {(known) => (
                <StepShown
                  key={at}
                  onboarding={known}
                  words={words}
                  onAnswered={onAnswered}
                  onPutOff={() => act({ type: 'put-off' })}
                  onBack={() => act({ type: 'went-back' })}
                  onGo={(step) => act({ type: 'went-to', step })}
                />
              )}
            </Card>
          </div>
        );
      }}
    </HouseholdScreen>
  );
};
