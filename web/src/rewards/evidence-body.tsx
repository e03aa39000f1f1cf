import type { EvidenceView } from '@hems/shared/view/evidence';
import type { RewardWords } from '@hems/shared/view/reward-words';
import type { ReactNode } from 'react';
import { Disclosure } from '../ui/disclosure.tsx';
import styles from './rewards.module.css';

type Props = { readonly view: EvidenceView; readonly words: RewardWords };

const Facts = ({ facts }: { readonly facts: EvidenceView['facts'] }): ReactNode => (
  <table className={`${styles['table']} ${styles['facts']}`}>
    <tbody>
      {facts.map(({ name, value }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The entry, its lines, the figure worked out again beside it, and the inputs as they were frozen. */
export const EvidenceBody = ({ view, words: { s } }: Props): ReactNode => {
  const { entry, lines, recomputed, matches, verdict, facts, ids, inputs } = view;
  return (
    <>
      <p className={styles['amount']}>{entry.amount}</p>
      <p className={styles['sub']}>
        {entry.state} · {entry.about}
      </p>
      <p className={matches ? styles['verdict'] : styles['differs']}>{verdict}</p>
      <table className={styles['table']}>
        <caption className={styles['sub']}>{s.lines}</caption>
        <tbody>
          {lines.map(({ name, amount }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{amount}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <strong>{s.recomputed}</strong>
              <br />
              <span className={styles['sub']}>{s.cumulative}</span>
            </th>
            <td>
              <strong>{recomputed}</strong>
            </td>
          </tr>
        </tbody>
      </table>
      <Facts facts={facts} />
      <Disclosure summary={s.inputs}>
        <Facts facts={ids} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
        <pre className={styles['inputs']} tabIndex={0} aria-label={s.inputs}>
          {inputs}
        </pre>
      </Disclosure>
    </>
  );
};
