import type { Card as CardView } from '@hems/shared/view/card';
import type { SuggestionView, SuggestionWords } from '@hems/shared/view/suggestions';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { NextStep } from '../ui/next-step.tsx';
import styles from './advice.module.css';
import { Suggestion } from './suggestion.tsx';

type Props = {
  readonly card: CardView<readonly SuggestionView[]>;
  readonly householdId: string;
  readonly words: SuggestionWords;
  /** a viewer looks */
  readonly mayAnswer: boolean;
  readonly onRetry: () => void;
};

/** At most three suggestions; what follows from an answer is said where the suggestion has gone from. */
export const SuggestionsCard = ({ card, householdId, words, mayAnswer, onRetry }: Props): ReactNode => {
  const [said, setSaid] = useState<string>();
  const list = (
    <Card title={words.s.suggestions} card={card} className={styles['list']} onRetry={onRetry}>
      {(suggestions) => (
        <ul>
          {suggestions.map((suggestion) => (
            <li key={suggestion.adviceId} className={styles['suggestion']}>
              <Suggestion
                suggestion={suggestion}
                householdId={householdId}
                words={words}
                mayAnswer={mayAnswer}
                onAnswered={setSaid}
              />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
  return (
    <div className={styles['suggestions']}>
      {/* There before it speaks: a live region that comes with its text is not read out. */}
      <output className={said === undefined ? undefined : styles['said']}>{said}</output>
      {card.state === 'empty' ? (
        <NextStep card={list}>
          <Link to="/households/$householdId/rewards/programmes" params={{ householdId }} className={buttons['button']}>
            {words.s.toProgrammes}
          </Link>
        </NextStep>
      ) : (
        list
      )}
    </div>
  );
};
