import { CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import { consentsTexts } from '@hems/shared/i18n/consents';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import { Sentences } from '../ui/disclosure.tsx';
import { Tick } from '../ui/field.tsx';
import form from '../ui/field.module.css';

type Props = {
  readonly purpose: ConsentPurpose;
  readonly agreed: boolean;
  /** the step was asked for without it */
  readonly missed: boolean;
  readonly onToggle: () => void;
};

const ITEMS = ['why', 'data', 'who', 'kept', 'refuse'] as const;

/** The text of a purpose word by word, and the box that agrees to it: never ticked beforehand. */
export const ConsentQuestion = ({ purpose, agreed, missed, onToggle }: Props): ReactNode => {
  const s = useTexts(consentsTexts);
  const text = s.purposes[purpose];
  return (
    <fieldset className={form['group']}>
      <legend>{text.name}</legend>
      <Sentences texts={ITEMS.map((item) => `${s.items[item]}: ${text[item]}`)} />
      <p className={form['hint']}>{s.version(CONSENTS[purpose].textVersion)}</p>
      <Tick label={s.agreeTo(text.name)} checked={agreed} onToggle={onToggle} />
      {missed && (
        <p role="alert" className={form['wrong']}>
          {s.agreeFirst}
        </p>
      )}
    </fieldset>
  );
};
