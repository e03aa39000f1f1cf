import { useSetPlace } from '@hems/shared/queries/onboarding';
import { placeDraftOf, placeOf } from '@hems/shared/view/place-form';
import { useEffect, useState, type ReactNode } from 'react';
import { Failure } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import styles from './onboarding.module.css';
import { StepButtons, StepForm, type StepProps } from './step.tsx';

const LINES = [
  { field: 'areaM2', hint: 'areaHint' },
  { field: 'people', hint: 'peopleHint' },
  { field: 'customerNumber', hint: 'customerHint' },
] as const;

/** How big the home is, how many live there, and the number on its bill: each may be left out. */
export const SizeStep = ({ onboarding, words: { s }, onAnswered, onBack, onPutOff }: StepProps): ReactNode => {
  const [draft, setDraft] = useState(() => placeDraftOf(onboarding.place));
  const [faults, setFaults] = useState<readonly unknown[]>([]);
  const { run, state, answer, error } = useSetPlace(onboarding.householdId);
  useEffect(() => {
    if (answer) onAnswered(answer);
  }, [answer, onAnswered]);
  const save = (): void => {
    const stated = placeOf(draft);
    setFaults('faults' in stated ? stated.faults : []);
    if ('place' in stated && state !== 'busy') run(stated.place);
  };
  return (
    <StepForm onSubmit={save}>
      <p className={styles['lead']}>{s.size.lead}</p>
      {LINES.map(({ field, hint }) => (
        <Field
          key={field}
          label={s.size[field]}
          hint={s.size[hint]}
          isWrong={faults.includes(field)}
          inputMode="numeric"
          autoComplete="off"
          value={draft[field]}
          onChange={(text) => setDraft({ ...draft, [field]: text })}
        />
      ))}
      {state === 'failed' && <Failure title={s.notSaved} error={error} />}
      <StepButtons
        s={s}
        submit={{ text: state === 'busy' ? s.saving : s.next, busy: state === 'busy' }}
        onBack={onBack}
        onPutOff={onPutOff}
      />
    </StepForm>
  );
};
