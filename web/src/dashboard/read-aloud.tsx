import { useState, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Icon } from '../ui/icons.tsx';
import hidden from '../ui/visually-hidden.module.css';

const PAUSE_MS = 60_000;

type Props = { readonly sentence: string; readonly nowMs: number };

/** The live number changes every few seconds, so it is outside any live region; this button has it read out once a minute at most. */
export const ReadAloud = ({ sentence, nowMs }: Props): ReactNode => {
  const t = useMessages();
  const [said, setSaid] = useState({ sentence: '', atMs: Number.NEGATIVE_INFINITY });
  const resting = nowMs - said.atMs < PAUSE_MS;
  return (
    <>
      <button
        type="button"
        className={buttons['quiet']}
        aria-label={t.now.read}
        aria-disabled={resting}
        title={resting ? t.now.readLimit : t.now.read}
        onClick={() => {
          if (!resting) setSaid({ sentence, atMs: nowMs });
        }}
      >
        <Icon>
          <path d="M3 8v4h3l4 3.5v-11L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15 5.2a6.5 6.5 0 0 1 0 9.6" />
        </Icon>
      </button>
      <output className={hidden['hidden']}>{said.sentence}</output>
    </>
  );
};
