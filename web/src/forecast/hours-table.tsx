import type { ForecastWords, HoursView } from '@hems/shared/view/forecast-hours';
import type { ReactNode } from 'react';
import table from '../ui/table.module.css';
import hidden from '../ui/visually-hidden.module.css';

type Props = { readonly view: HoursView; readonly words: ForecastWords };

/** The chart's twin for whoever reads figures, by eye or by ear. */
export const HoursTable = ({ view: { rows, hasNaive, hasSolar }, words: { f } }: Props): ReactNode => {
  const { columns } = f;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className={table['scroll']} aria-label={f.tableCaption} tabIndex={0}>
      <table className={table['table']}>
        <caption className={hidden['hidden']}>{f.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.middle}</th>
            <th scope="col">{columns.range}</th>
            <th scope="col">{columns.mean}</th>
            {hasNaive && <th scope="col">{columns.naive}</th>}
            {hasSolar && <th scope="col">{columns.solar}</th>}
            <th scope="col">{columns.source}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ ts, time, mean, middle, range, naive, solar, source }) => (
            <tr key={ts}>
              <th scope="row">{time}</th>
              <td>{middle}</td>
              <td>{range}</td>
              <td>{mean}</td>
              {hasNaive && <td>{naive}</td>}
              {hasSolar && <td>{solar}</td>}
              <td>{source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
