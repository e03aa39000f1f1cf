import { useState, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
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
        aria-disabled={resting}
        title={resting ? t.now.readLimit : undefined}
        onClick={() => {
          if (!resting) setSaid({ sentence, atMs: nowMs });
        }}
      >
        {t.now.read}
      </button>
      <output className={hidden['hidden']}>{said.sentence}</output>
    </>
  );
};
