import { useId, type ReactNode } from 'react';
import styles from './field.module.css';

type Labelled = { readonly label: string; readonly hint?: string };

type ChoiceProps<Value extends string> = Labelled & {
  readonly choices: readonly { readonly value: Value; readonly text: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
};

/** One of a list. */
export const Choice = <Value extends string>({
  label,
  hint,
  choices,
  chosen,
  onChoose,
}: ChoiceProps<Value>): ReactNode => {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}h`}
        value={chosen}
        onChange={({ target }) => {
          const found = choices.find(({ value }) => value === target.value);
          if (found) onChoose(found.value);
        }}
      >
        {choices.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}h`} className={styles['hint']}>
          {hint}
        </p>
      )}
    </div>
  );
};

type FieldProps = Labelled & {
  readonly value: string;
  readonly isWrong: boolean;
  readonly type?: 'text' | 'date' | 'time' | 'email';
  readonly inputMode?: 'numeric' | 'decimal';
  /** what the browser may fill in by itself */
  readonly autoComplete?: string;
  readonly onChange: (value: string) => void;
};

/** A line to write in. Its hint says what may stand there, and turns into the error when something else does. */
export const Field = ({
  label,
  hint,
  value,
  isWrong,
  type = 'text',
  inputMode,
  autoComplete,
  onChange,
}: FieldProps): ReactNode => {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        inputMode={inputMode}
        autoComplete={autoComplete}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={`${id}h`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}h`} className={isWrong ? styles['wrong'] : styles['hint']} role={isWrong ? 'alert' : undefined}>
        {hint}
      </p>
    </div>
  );
};

type TickProps = { readonly label: string; readonly checked: boolean; readonly onToggle: () => void };

/** Yes or no. */
export const Tick = ({ label, checked, onToggle }: TickProps): ReactNode => (
  <label className={styles['tick']}>
    <input type="checkbox" checked={checked} onChange={onToggle} />
    <span>{label}</span>
  </label>
);
