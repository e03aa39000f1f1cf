import { useSetPlace } from '@hems/shared/queries/onboarding';
import { useSession } from '@hems/shared/queries/session';
import { isMoved, placeDraftOf, placeOf } from '@hems/shared/view/place-form';
import { useEffect, useState, type ReactNode } from 'react';
import { Failure } from '../ui/confirm.tsx';
import { Choice, Field } from '../ui/field.tsx';
import styles from './onboarding.module.css';
import { StepButtons, StepForm, type StepProps } from './step.tsx';

const KINDS = ['apartment', 'house', 'villa'] as const;
const LINES = [
  { field: 'name', autoComplete: 'off' },
  { field: 'address', autoComplete: 'address-line1' },
  { field: 'unit', autoComplete: 'address-line2' },
  { field: 'postalCode', autoComplete: 'postal-code' },
  { field: 'region', autoComplete: 'address-level2' },
] as const;

/** Where the home is. */
export const PlaceStep = ({ onboarding, words: { s }, onAnswered }: StepProps): ReactNode => {
  const { householdId, place } = onboarding;
  const known = useSession().data?.households.find((one) => one.householdId === householdId);
  const [draft, setDraft] = useState(() =>
    placeDraftOf(place, known && { name: known.name, buildingType: known.buildingType }),
  );
  const [faults, setFaults] = useState<readonly unknown[]>([]);
  const { run, state, answer, error } = useSetPlace(householdId);
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
      <p className={styles['lead']}>{s.place.lead}</p>
      <Choice
        label={s.place.buildingType}
        choices={KINDS.map((value) => ({ value, text: s.place.building[value] }))}
        chosen={draft.buildingType}
        onChoose={(buildingType) => setDraft({ ...draft, buildingType })}
      />
      {LINES.map(({ field, autoComplete }) => (
        <Field
          key={field}
          label={s.place[field]}
          hint={s.place[`${field}Hint`]}
          isWrong={faults.includes(field)}
          autoComplete={autoComplete}
          {...(field === 'postalCode' && { inputMode: 'numeric' })}
          value={draft[field]}
          onChange={(text) => setDraft({ ...draft, [field]: text })}
        />
      ))}
      {isMoved(draft, place) && <p className={styles['warning']}>{s.place.moved}</p>}
      {state === 'failed' && <Failure title={s.notSaved} error={error} />}
      <StepButtons s={s} submit={{ text: state === 'busy' ? s.saving : s.next, busy: state === 'busy' }} />
    </StepForm>
  );
};
