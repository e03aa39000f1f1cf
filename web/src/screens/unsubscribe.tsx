import { errorsTexts } from '@hems/shared/i18n/errors';
import { inboxTexts } from '@hems/shared/i18n/inbox';
import { useUnsubscribe } from '@hems/shared/queries/inbox';
import { errorKindOf } from '@hems/shared/view/card';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import form from '../ui/field.module.css';
import { Panel } from '../ui/panel.tsx';

const MOST_CHARACTERS = 300;

/** Leaving advertising by the link of a mail: the token stands behind the `#`, and one press is enough. */
export const UnsubscribePage = (): ReactNode => {
  const { unsubscribe: s } = useTexts(inboxTexts);
  useTexts(errorsTexts);
  const { hash: token } = useLocation();
  const { run, state, error } = useUnsubscribe();
  const home = (
    <Link to="/" className={buttons['quiet']}>
      {s.home}
    </Link>
  );
  const isWhole = token !== '' && token.length <= MOST_CHARACTERS;
  if (!isWhole || (state === 'failed' && errorKindOf(error) === 'not-found')) return <Panel {...s.none}>{home}</Panel>;
  if (state === 'done') return <Panel {...s.done}>{home}</Panel>;
  return (
    <Panel title={s.title} text={s.text}>
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      <div className={form['buttons']}>
        <button
          type="button"
          className={buttons['main']}
          aria-disabled={state === 'busy'}
          onClick={() => {
            if (state !== 'busy') run(token);
          }}
        >
          {state === 'busy' ? s.busy : s.button}
        </button>
        {home}
      </div>
    </Panel>
  );
};
