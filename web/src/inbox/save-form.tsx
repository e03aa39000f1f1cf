import type { InboxTexts } from '@hems/shared/i18n/ko/inbox';
import type { Action } from '@hems/shared/queries/action';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import form from '../ui/field.module.css';
import styles from '../settings/settings.module.css';

type Props = {
  readonly action: Pick<Action<never, unknown>, 'state' | 'error'>;
  readonly s: Pick<InboxTexts['settings'], 'save' | 'saving' | 'saved' | 'notSaved'>;
  readonly onSave: () => void;
  readonly children: ReactNode;
};

/** A part of the settings that is saved by itself; the first fault is where one goes on. */
export const SaveForm = ({ action: { state, error }, s, onSave, children }: Props): ReactNode => (
  <form
    className={form['form']}
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      const { currentTarget } = event;
      if (state !== 'busy') onSave();
      requestAnimationFrame(() => currentTarget.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    }}
  >
    {children}
    {state === 'failed' && <Failure title={s.notSaved} error={error} />}
    <div className={styles['head']}>
      <button type="submit" className={buttons['main']} aria-disabled={state === 'busy'}>
        {state === 'busy' ? s.saving : s.save}
      </button>
      <output className={styles['sub']}>{state === 'done' ? s.saved : ''}</output>
    </div>
  </form>
);
