import type { Action } from '@hems/shared/queries/action';
import { errorsTexts } from '@hems/shared/i18n/errors';
import { failureText } from '@hems/shared/view/failure';
import { useId, useState, type ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import buttons from './button.module.css';
import styles from './confirm.module.css';

/** Why something was not done, in the words of the screen. */
export const Failure = ({ title, error }: { readonly title: string; readonly error: unknown }): ReactNode => (
  <p role="alert" className={styles['failure']}>
    {title} {failureText(error, { t: useMessages(), errors: useTexts(errorsTexts) })}
  </p>
);

type Props = {
  /** what the button says that opens the question */
  readonly label: string;
  /** of which of several, where only what stands around the button shows it */
  readonly of?: string;
  readonly tone: 'main' | 'button';
  /** what will happen */
  readonly text: string;
  readonly words: { readonly confirm: string; readonly cancel: string; readonly busy: string; readonly failed: string };
  readonly action: Pick<Action<never, unknown>, 'state' | 'error' | 'reset'>;
  readonly onConfirm: () => void;
  /** what is to be answered beside */
  readonly children?: ReactNode;
};

/**
 * A question that was answered goes, and the button with it on which the focus was: the focus stays in the card around, so that the next
 * Tab goes on from there and not from the top of the page.
 */
const keepFocusNear = (question: HTMLElement | null): (() => void) => {
  const around = question?.parentElement?.closest('section');
  return () => {
    if (!question?.contains(document.activeElement)) return;
    // What comes in its place may take the focus, and the card may move, until all of it is drawn.
    queueMicrotask(() => {
      if (document.activeElement !== document.body || !around) return;
      around.tabIndex = -1;
      around.focus({ preventScroll: true });
    });
  };
};

/** A step that asks once more before it is taken, and says what will happen. */
export const Confirm = ({ label, of, tone, text, words, action, onConfirm, children }: Props): ReactNode => {
  const [open, setOpen] = useState<boolean>();
  const textId = useId();
  const name = of === undefined ? label : `${of}: ${label}`;
  if (!open)
    return (
      <button
        type="button"
        aria-label={name}
        className={`${buttons[tone]} ${styles['ask']}`}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it has just taken the place of the question that was closed
        autoFocus={open === false}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
    );
  const busy = action.state === 'busy';
  const close = (): void => {
    action.reset();
    setOpen(false);
  };
  return (
    <section ref={keepFocusNear} className={styles['confirm']} aria-label={name} aria-describedby={textId}>
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
