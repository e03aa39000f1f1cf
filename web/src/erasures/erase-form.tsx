import { codeOf } from '@hems/shared/errors/api-error';
import type { ErasureReport } from '@hems/shared/api/erasures';
import type { PrivacyTexts } from '@hems/shared/i18n/ko/privacy';
import type { Action } from '@hems/shared/queries/action';
import type { EraseInput } from '@hems/shared/queries/erasures';
import { errorKindOf } from '@hems/shared/view/card';
import { isWord } from '@hems/shared/view/erase';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import { Field, Tick } from '../ui/field.tsx';
import form from '../ui/field.module.css';
import { newErasureId } from './erasure-id.ts';
import styles from './erasures.module.css';

type Words = PrivacyTexts['erase'];

type UnsureProps = { readonly error: unknown; readonly erasureId: string; readonly s: Words };

/** An answer that was lost may stand for an erasure that has begun. */
const Unsure = ({ error, erasureId, s }: UnsureProps): ReactNode =>
  ['unreachable', 'unavailable', 'unreadable'].includes(errorKindOf(error)) && (
    <div>
      <p className={grid['sentence']}>{s.unsure}</p>
      <Link to="/$page/$part" params={{ page: 'erasures', part: erasureId }} className={buttons['quiet']}>
        {s.look}
      </Link>
    </div>
  );

type Props = {
  readonly label: string;
  readonly action: Action<EraseInput, ErasureReport>;
  readonly s: Words;
  /** the homes whose rewards may be left */
  readonly homes: readonly { readonly householdId: string; readonly name: string }[];
  readonly onBegun: (erasureId: string) => void;
};

/** Erases once the word has been typed; a balance that would be lost is given up in so many words first. */
export const EraseForm = ({ label, action, s, homes, onBegun }: Props): ReactNode => {
  const [erasureId] = useState(newErasureId);
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [forfeit, setForfeit] = useState(false);
  const [isLeft, setLeft] = useState(false);
  const { run, state, answer, error } = action;
  useEffect(() => {
    if (answer) onBegun(answer.erasureId);
  }, [answer, onBegun]);
  const hasBalance = isLeft || codeOf(error) === 'balance-left';
  const busy = state === 'busy' || state === 'done';
  const erase = (): void => {
    const isRight = isWord(typed, s.word);
    setWrong(!isRight);
    setLeft(hasBalance);
    if (isRight && !busy) run({ erasureId, forfeit });
  };
  return (
    <form
      className={form['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        erase();
      }}
    >
      {hasBalance && (
        <div className={styles['balance']}>
          <p>{s.balance}</p>
          {homes.map(({ householdId, name }) => (
            <Link
              key={householdId}
              to="/households/$householdId/rewards"
              params={{ householdId }}
              className={buttons['button']}
            >
              {homes.length > 1 ? `${name}: ${s.toRewards}` : s.toRewards}
            </Link>
          ))}
          <Tick label={s.forfeit} checked={forfeit} onToggle={() => setForfeit(!forfeit)} />
        </div>
      )}
      <Field
        label={s.type(s.word)}
        hint={isWrong ? s.typeWrong(s.word) : s.typeHint}
        isWrong={isWrong}
        autoComplete="off"
        value={typed}
        onChange={setTyped}
      />
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      {state === 'failed' && <Unsure error={error} erasureId={erasureId} s={s} />}
      <button type="submit" className={`${buttons['main']} ${styles['danger']}`} aria-disabled={busy}>
        {busy ? s.busy : label}
      </button>
    </form>
  );
};
