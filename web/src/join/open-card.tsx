import type { Onboarding } from '@hems/shared/api/onboarding';
import { errorsTexts } from '@hems/shared/i18n/errors';
import type { OnboardingTexts } from '@hems/shared/i18n/ko/onboarding';
import { useOpenHousehold, type OpenInput } from '@hems/shared/queries/onboarding';
import { ready } from '@hems/shared/view/card';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Choice, Field } from '../ui/field.tsx';
import form from '../ui/field.module.css';
import styles from './join.module.css';

const KINDS = ['apartment', 'house', 'villa'] as const;
const MOST = 60;

type Props = {
  readonly kind: Onboarding['kind'];
  readonly s: OnboardingTexts['join'];
  readonly building: OnboardingTexts['place'];
};

/** Begins a home: one's own goes on with its steps, a demo home shows its year at once. */
export const OpenCard = ({ kind, s, building }: Props): ReactNode => {
  useTexts(errorsTexts);
  const navigate = useNavigate();
  // Pressed twice, or sent again after a lost answer, it stays one home.
  const [requestId] = useState(() => crypto.randomUUID());
  const [name, setName] = useState<string>(kind === 'own' ? s.ownName : s.demoName);
  const [buildingType, setBuildingType] = useState<OpenInput['buildingType']>('apartment');
  const [isWrong, setWrong] = useState(false);
  const { run, state, answer, error } = useOpenHousehold();
  useEffect(() => {
    if (!answer) return;
    const { householdId } = answer;
    void navigate(
      answer.kind === 'demo'
        ? { to: '/households/$householdId/energy', params: { householdId } }
        : { to: '/households/$householdId/onboarding', params: { householdId } },
    );
  }, [answer, navigate]);
  const busy = state === 'busy' || state === 'done';
  const begin = (): void => {
    const said = name.trim();
    const isName = said !== '' && said.length <= MOST;
    setWrong(!isName);
    if (isName && !busy) run({ requestId, kind, name: said, buildingType });
  };
  return (
    <Card title={s[kind].title} card={ready(undefined)} className={styles['card']} onRetry={() => undefined}>
      {() => (
        <form
          className={form['form']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            begin();
          }}
        >
          <p>{s[kind].text}</p>
          <Field
            label={s.name}
            hint={s.nameHint}
            isWrong={isWrong}
            autoComplete="off"
            value={name}
            onChange={setName}
          />
          {kind === 'own' && (
            <Choice
              label={building.buildingType}
              choices={KINDS.map((value) => ({ value, text: building.building[value] }))}
              chosen={buildingType}
              onChoose={setBuildingType}
            />
          )}
          {state === 'failed' && <Failure title={s.failed} error={error} />}
          <div>
            <button type="submit" className={buttons[kind === 'own' ? 'main' : 'button']} aria-disabled={busy}>
              {busy ? s.beginning : kind === 'own' ? s.begin : s.beginDemo}
            </button>
          </div>
        </form>
      )}
    </Card>
  );
};
