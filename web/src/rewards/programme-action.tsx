import type { Enrolment } from '@hems/shared/api/programmes';
import { useEnrol, useWithdraw } from '@hems/shared/queries/programmes';
import type { ProgrammeCard } from '@hems/shared/view/programmes';
import type { RewardWords } from '@hems/shared/view/reward-words';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ConsentQuestion } from '../consents/consent-question.tsx';
import buttons from '../ui/button.module.css';
import { Confirm } from '../ui/confirm.tsx';
import { Tick } from '../ui/field.tsx';
import form from '../ui/field.module.css';

type Props = { readonly programme: ProgrammeCard; readonly householdId: string; readonly words: RewardWords };

const Withdraw = ({ programme: { programme }, householdId, words: { s } }: Props): ReactNode => {
  const action = useWithdraw(householdId);
  return (
    <Confirm
      label={s.withdraw}
      tone="button"
      text={s.withdrawText}
      words={s}
      action={action}
      onConfirm={() => action.run(programme)}
    />
  );
};

/** What the home is asked that only its resident knows; unticked is answered no. */
const Enrol = ({ programme, householdId, words: { s } }: Props): ReactNode => {
  const { programme: id, action: step, toAnswer, toAgree } = programme;
  const action = useEnrol(householdId);
  const [agreed, setAgreed] = useState(toAgree === null);
  const [asked, setAsked] = useState(false);
  const [answers, setAnswers] = useState<Enrolment['answers']>(() =>
    Object.fromEntries(toAnswer.map(({ condition }) => [condition, false])),
  );
  return (
    <Confirm
      label={step === 'enrol' ? s.enrol : s.apply}
      tone="main"
      text={step === 'enrol' ? s.enrolText : s.applyText}
      words={s}
      action={action}
      onConfirm={() => {
        setAsked(true);
        if (agreed) action.run({ programme: id, answers, agreesTo: toAgree });
      }}
    >
      {toAgree !== null && (
        <ConsentQuestion
          purpose={toAgree}
          agreed={agreed}
          missed={asked && !agreed}
          onToggle={() => setAgreed(!agreed)}
        />
      )}
      {toAnswer.length > 0 && (
        <fieldset className={form['group']}>
          <legend>{s.tick}</legend>
          {toAnswer.map(({ condition, text }) => (
            <Tick
              key={condition}
              label={text}
              checked={answers[condition] === true}
              onToggle={() => setAnswers({ ...answers, [condition]: answers[condition] !== true })}
            />
          ))}
        </fieldset>
      )}
    </Confirm>
  );
};

/** Taking part, applying or stopping, whichever is possible now. */
export const ProgrammeAction = (props: Props): ReactNode => {
  const { householdId, words } = props;
  const { action } = props.programme;
  if (action === 'none') return null;
  if (action === 'community')
    return (
      <Link to="/households/$householdId/community" params={{ householdId }} className={buttons['button']}>
        {words.s.toCommunity}
      </Link>
    );
  return action === 'withdraw' ? <Withdraw {...props} /> : <Enrol {...props} />;
};
