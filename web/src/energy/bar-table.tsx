import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import type { BarView } from '@hems/shared/view/energy-bar';
import type { ReactNode } from 'react';
import table from '../ui/table.module.css';
import hidden from '../ui/visually-hidden.module.css';

type Props = {
  readonly bars: readonly BarView[];
  readonly caption: string;
  readonly words: Words<EnergyTexts>;
};

/** The chart's twin for whoever reads figures, by eye or by ear. */
export const BarTable = ({ bars, caption, words: { s } }: Props): ReactNode => {
  const { columns } = s;
  const compared = bars.some(({ comparedText }) => comparedText !== undefined);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className={table['scroll']} aria-label={caption} tabIndex={0}>
      <table className={table['table']}>
        <caption className={hidden['hidden']}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.value}</th>
            {compared && <th scope="col">{columns.compared}</th>}
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {bars
            .filter(({ state }) => state !== 'future')
            .map(({ label, name, value, valueText, comparedText, stateText }) => (
              <tr key={label}>
                <th scope="row">{name}</th>
                <td>{value === null ? '–' : valueText}</td>
                {compared && <td>{comparedText ?? '–'}</td>}
                <td>{stateText}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
};
