import { ADVICE_CAUSES, type AdviceCause } from '@hems/models/advice/codes';
import { useAnswerAdvice, type AdviceAnswer } from '@hems/shared/queries/advice';
import type { SuggestionView, SuggestionWords } from '@hems/shared/view/suggestions';
import { useEffect, useState, type ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import buttons from '../ui/button.module.css';
import { Confirm, Failure } from '../ui/confirm.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Choice } from '../ui/field.tsx';
import styles from './advice.module.css';
import { DeviceName } from './device-name.tsx';
import { WayLink } from './way-link.tsx';

type Props = {
  readonly suggestion: SuggestionView;
  readonly householdId: string;
  readonly words: SuggestionWords;
  readonly mayAnswer: boolean;
  /** with what follows from the answer */
  readonly onAnswered: (text: string) => void;
};

type AnswersProps = Pick<Props, 'householdId' | 'words' | 'onAnswered'> & { readonly adviceId: string };

const Answers = ({ adviceId, householdId, words: { s, rules }, onAnswered }: AnswersProps): ReactNode => {
  const action = useAnswerAdvice(householdId, adviceId);
  const { run, state, error, answer } = action;
  const [given, setGiven] = useState<AdviceAnswer>();
  const [cause, setCause] = useState<AdviceCause>('done-already');
  const thanks = answer?.state === 'dismissed' ? rules.consequence[cause] : answer && s.thanks[answer.state];
  useEffect(() => {
    if (thanks !== undefined) onAnswered(thanks);
  }, [thanks, onAnswered]);
  const give = (body: AdviceAnswer): void => {
    if (state === 'busy') return;
    setGiven(body);
    run(body);
  };
  const busy = (name: AdviceAnswer['answer']): boolean => state === 'busy' && given?.answer === name;
  return (
    <>
      {state === 'failed' && given?.answer !== 'not-useful' && <Failure title={s.failed} error={error} />}
      <div className={styles['answers']}>
        <button
          type="button"
          className={buttons['main']}
          aria-disabled={state === 'busy'}
          onClick={() => give({ answer: 'accept' })}
        >
          {busy('accept') ? s.busy : s.accept}
        </button>
        <button
          type="button"
          className={buttons['button']}
          aria-disabled={state === 'busy'}
          onClick={() => give({ answer: 'later' })}
        >
          {busy('later') ? s.busy : s.later}
        </button>
        <Confirm
          label={s.notUseful}
          tone="button"
          text={s.notUsefulText}
          words={s}
          action={action}
          onConfirm={() => give({ answer: 'not-useful', cause })}
        >
          <Choice
            label={s.causeLabel}
            choices={ADVICE_CAUSES.map((value) => ({ value, text: s.cause[value] }))}
            chosen={cause}
            onChoose={setCause}
          />
        </Confirm>
      </div>
    </>
  );
};

/** What could be done, what it saves, why, what that rests on, and the three answers to it. */
export const Suggestion = ({ suggestion, householdId, words, mayAnswer, onAnswered }: Props): ReactNode => {
  const { s } = words;
  const { adviceId, title, how, why, saves, state, since, way, deviceId, data } = suggestion;
  return (
    <>
      <div className={styles['head']}>
        <h3 className={styles['title']}>{title}</h3>
        <span className={styles['tag']}>{state}</span>
      </div>
      {deviceId !== undefined && <DeviceName householdId={householdId} deviceId={deviceId} />}
      <p className={styles['saves']}>{saves}</p>
      <p className={grid['sentence']}>{why}</p>
      {how !== undefined && <p className={grid['sentence']}>{how}</p>}
      {way !== undefined && <WayLink way={way} householdId={householdId} s={s} />}
      <Disclosure summary={s.data}>
        <dl className={styles['data']}>
          {data.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className={grid['sub']}>{since}</p>
      </Disclosure>
      {mayAnswer && <Answers adviceId={adviceId} householdId={householdId} words={words} onAnswered={onAnswered} />}
    </>
  );
};
