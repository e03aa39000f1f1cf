import type { DayRow, DayWords } from '@hems/shared/view/day';
import type { ReactNode } from 'react';
import hidden from '../ui/visually-hidden.module.css';
import styles from '../ui/table.module.css';
import own from './day-card.module.css';

type Props = { readonly rows: readonly DayRow[]; readonly words: DayWords };

/** The chart's twin for whoever reads figures, by eye or by ear. */
export const DayTable = ({ rows, words: { s } }: Props): ReactNode => {
  const { columns } = s;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className={styles['scroll']} aria-label={s.tableCaption} tabIndex={0}>
      <table className={styles['table']}>
        <caption className={hidden['hidden']}>{s.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.power}</th>
            <th scope="col">{columns.before}</th>
            <th scope="col">{columns.quality}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ startMs, time, power, before, quality }) => (
            <tr key={`${startMs} ${time}`}>
              <th scope="row">{time}</th>
              <td>{power}</td>
              <td>{before}</td>
              <td className={own['kind']}>{quality}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
