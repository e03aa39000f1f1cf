import type { PlanWords, StepRow } from '@hems/shared/view/plan-steps';
import type { ReactNode } from 'react';
import table from '../ui/table.module.css';
import hidden from '../ui/visually-hidden.module.css';

type Props = { readonly rows: readonly StepRow[]; readonly words: PlanWords };

/** The chart's twin for whoever reads figures, by eye or by ear. */
export const PlanTable = ({ rows, words: { s } }: Props): ReactNode => {
  const { columns } = s;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className={table['scroll']} aria-label={s.tableCaption} tabIndex={0}>
      <table className={table['table']}>
        <caption className={hidden['hidden']}>{s.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.battery}</th>
            <th scope="col">{columns.car}</th>
            <th scope="col">{columns.grid}</th>
            <th scope="col">{columns.stored}</th>
            <th scope="col">{columns.price}</th>
            <th scope="col">{columns.reason}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ startMs, time, battery, car, grid, stored, price, reason }) => (
            <tr key={startMs}>
              <th scope="row">{time}</th>
              <td>{battery}</td>
              <td>{car}</td>
              <td>{grid}</td>
              <td>{stored}</td>
              <td>{price}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
