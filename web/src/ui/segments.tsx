import type { ReactNode } from 'react';
import styles from './segments.module.css';

type Props<Choice extends string> = {
  readonly label: string;
  readonly choices: readonly { readonly value: Choice; readonly text: string }[];
  readonly chosen: Choice;
  readonly onChoose: (value: Choice) => void;
};

/** One of a few, all of them in sight. */
export const Segments = <Choice extends string>({ label, choices, chosen, onChoose }: Props<Choice>): ReactNode => (
  <fieldset className={styles['segments']}>
    <legend>{label}</legend>
    {choices.map(({ value, text }) => (
      <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
        {text}
      </button>
    ))}
  </fieldset>
);
