import type { Advice } from '@hems/shared/api/advice';
import { cardOf, ready, type Loaded } from '@hems/shared/view/card';
import { notesOf, type SuggestionWords } from '@hems/shared/view/suggestions';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Sentences } from '../ui/disclosure.tsx';
import grid from '../assistant/assistant.module.css';
import styles from './advice.module.css';

type Props = { readonly loaded: Loaded<Advice>; readonly words: SuggestionWords; readonly onRetry: () => void };

/** What tomorrow's weather means for the home, and why heating and cooling are left alone. */
export const NotesCard = ({ loaded, words, onRetry }: Props): ReactNode => {
  const { s } = words;
  const card = cardOf(loaded, words.t, (advice) =>
    ready({ notes: notesOf(advice, words), because: advice.safeguard && s.because[advice.safeguard] }),
  );
  return (
    <Card title={s.weather} card={card} className={styles['notes']} onRetry={onRetry}>
      {({ notes, because }) => (
        <>
          {because !== null && <p className={styles['because']}>{because}</p>}
          {notes.length === 0 ? <p className={grid['sentence']}>{s.noNotes}</p> : <Sentences texts={notes} />}
        </>
      )}
    </Card>
  );
};
