import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import type { EnergyView } from '@hems/shared/view/energy';
import { stateWord, type EnergyAsked } from '@hems/shared/view/energy-bar';
import type { ReactNode } from 'react';
import styles from './legend.module.css';

type Props = { readonly view: EnergyView; readonly asked: EnergyAsked; readonly words: Words<EnergyTexts> };

/** What the bars mean that are on the chart, by drawing and by word. */
export const Legend = ({ view, asked, words: { s } }: Props): ReactNode => (
  <ul className={styles['legend']}>
    <li>{s.axis[asked.unit]}</li>
    {view.legend.map((state) => (
      <li key={state}>
        <span className={`${styles['swatch']} ${styles[state] ?? ''}`} />
        {stateWord(state, { s, unit: asked.unit })}
      </li>
    ))}
    {view.bars.some(({ compared }) => compared !== null) && (
      <li>
        <span className={`${styles['swatch']} ${styles['compared']}`} />
        {s.comparedWith(asked.scope, asked.comparison)}
      </li>
    )}
  </ul>
);
