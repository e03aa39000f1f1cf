import { isFilled, ready } from '@hems/shared/view/card';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './bill.module.css';
import type { BillCardProps } from './to-date-card.tsx';

/** Every line of the bill to date, and the price sheets it used. */
export const LinesCard = ({ card, words: { s } }: Pick<BillCardProps, 'card' | 'words'>): ReactNode => {
  const priced = isFilled(card) ? card.content.priced : undefined;
  if (priced === undefined) return null;
  return (
    <Card title={priced.linesTitle} card={ready(priced)} className={styles['lines']} onRetry={() => undefined}>
      {({ lines, netMetering, rows }) => (
        <>
          <Disclosure summary={s.lines}>
            <table className={styles['table']}>
              <tbody>
                {lines.map(({ name, won, role }) => (
                  <tr key={name} className={role === 'part' ? styles['partOf'] : styles[role]}>
                    <th scope="row">{name}</th>
                    <td>{won}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className={styles['sub']}>{s.tvFee}</p>
          </Disclosure>
          {netMetering !== undefined && <p className={styles['sub']}>{netMetering}</p>}
          <Disclosure summary={s.rows}>
            <Sentences texts={rows} />
          </Disclosure>
        </>
      )}
    </Card>
  );
};
