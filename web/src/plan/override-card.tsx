import { OVERRIDES } from '@hems/shared/api/plan';
import { useEndOverride, useOverridePlan } from '@hems/shared/queries/plan';
import { ready } from '@hems/shared/view/card';
import { LENGTHS, minutesOf, overrideText, type Length } from '@hems/shared/view/plan';
import { useState, type ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Choice } from '../ui/field.tsx';
import type { PlanPartProps } from './automation-card.tsx';
import styles from './plan.module.css';

type PartProps = Pick<PlanPartProps, 'householdId' | 'words' | 'nowMs'>;

/** One tap sets the plan aside, with an end. */
const SetAside = ({ householdId, words: { s }, nowMs }: PartProps): ReactNode => {
  const { run, state, error } = useOverridePlan(householdId);
  const [mode, setMode] = useState<(typeof OVERRIDES)[number]>('rest');
  const [length, setLength] = useState<Length>('hour');
  const busy = state === 'busy';
  return (
    <>
      <Choice
        label={s.modeLabel}
        choices={OVERRIDES.map((value) => ({ value, text: s.mode[value] }))}
        chosen={mode}
        onChoose={setMode}
      />
      <Choice
        label={s.howLong}
        choices={LENGTHS.map((value) => ({ value, text: s.lengths[value] }))}
        chosen={length}
        onChoose={setLength}
      />
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      <button
        type="button"
        className={`${buttons['main']} ${styles['left']}`}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) run({ mode, minutes: minutesOf(length, nowMs) });
        }}
      >
        {busy ? s.busy : s.start}
      </button>
    </>
  );
};

const Undo = ({ householdId, words: { s } }: PartProps): ReactNode => {
  const { run, state, error } = useEndOverride(householdId);
  const busy = state === 'busy';
  return (
    <>
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      <button
        type="button"
        className={`${buttons['button']} ${styles['left']}`}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) run();
        }}
      >
        {busy ? s.busy : s.undo}
      </button>
    </>
  );
};

/** Sets the plan aside for a while, says until when, and takes it back. */
export const OverrideCard = ({ answer, mayOrder, ...own }: PlanPartProps): ReactNode => {
  const { s } = own.words;
  const { isOn } = answer.automation;
  const set = overrideText(answer, own.words, own.nowMs);
  return (
    <Card title={s.override} card={ready(set)} className={styles['part']} onRetry={() => undefined}>
      {() => (
        <>
          <p className={set === undefined ? grid['sentence'] : styles['on']}>
            {set ?? (isOn ? s.overrideText : s.overrideOff)}
          </p>
          {mayOrder && set !== undefined && <Undo {...own} />}
          {mayOrder && set === undefined && isOn && <SetAside {...own} />}
        </>
      )}
    </Card>
  );
};
