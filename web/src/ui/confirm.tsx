import type { Action } from '@hems/shared/queries/action';
import { isDenied, errorKindOf } from '@hems/shared/view/card';
import { ApiError } from '@hems/shared/errors/api-error';
import { useId, useState, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from './button.module.css';
import styles from './confirm.module.css';

/** Why something was not done, in words; what the service says of a refusal stands behind it. */
export const Failure = ({ title, error }: { readonly title: string; readonly error: unknown }): ReactNode => {
  const t = useMessages();
  const kind = errorKindOf(error);
  const said = !isDenied(error) && kind === 'refused' && error instanceof ApiError ? error.problem?.detail : undefined;
  return (
    <p role="alert" className={styles['failure']}>
      {title} {t.failure[kind].text}
      {said !== undefined && <span lang="en"> {said}</span>}
    </p>
  );
};

type Props = {
  /** what the button says that opens the question */
  readonly label: string;
  readonly tone: 'main' | 'button';
  /** what will happen */
  readonly text: string;
  readonly words: { readonly confirm: string; readonly cancel: string; readonly busy: string; readonly failed: string };
  readonly action: Pick<Action<never, unknown>, 'state' | 'error' | 'reset'>;
  readonly onConfirm: () => void;
  /** what is to be answered beside */
  readonly children?: ReactNode;
};

/** A step that asks once more before it is taken, and says what will happen. */
export const Confirm = ({ label, tone, text, words, action, onConfirm, children }: Props): ReactNode => {
  const [open, setOpen] = useState(false);
  const textId = useId();
  if (!open)
    return (
      <button type="button" className={buttons[tone]} onClick={() => setOpen(true)}>
        {label}
      </button>
    );
  const busy = action.state === 'busy';
  const close = (): void => {
    action.reset();
    setOpen(false);
  };
  return (
    <section className={styles['confirm']} aria-label={label} aria-describedby={textId}>
      <p id={textId}>{text}</p>
      {children}
      {action.state === 'failed' && <Failure title={words.failed} error={action.error} />}
      <div className={styles['buttons']}>
        <button
          type="button"
          className={buttons['main']}
          aria-disabled={busy}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the question has just taken the place of the button that was pressed
          autoFocus
          onClick={() => {
            if (!busy) onConfirm();
          }}
        >
          {busy ? words.busy : words.confirm}
        </button>
        <button type="button" className={buttons['button']} onClick={close}>
          {words.cancel}
        </button>
      </div>
    </section>
  );
};
