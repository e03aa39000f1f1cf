import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Card as CardView } from '@hems/shared/view/card';
import type { DeviceLink, DeviceUsageView, UseRow } from '@hems/shared/view/device-usage';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NextIcon } from '../ui/arrow-icons.tsx';
import { Card } from '../ui/card.tsx';
import styles from './device-usage.module.css';
import energy from './energy.module.css';

type Common = { readonly householdId: string; readonly s: EnergyTexts; readonly onRetry: () => void };
type Props = Common & { readonly card: CardView<DeviceUsageView> };

const Row = ({ row }: { readonly row: UseRow }): ReactNode => (
  <>
    <span className={styles['line']}>
      <span className={styles['name']}>{row.name}</span>
      <strong className={styles['amount']}>{row.amount}</strong>
    </span>
    <span className={styles['track']} aria-hidden="true">
      {row.widthPercent > 0 && (
        <span
          className={row.deviceId === undefined ? styles['other'] : styles['used']}
          style={{ width: `${row.widthPercent}%` }}
        />
      )}
    </span>
    <span className={styles['line']}>
      <span className={styles['about']}>{row.about}</span>
      {row.share !== undefined && <span className={styles['about']}>{row.share}</span>}
    </span>
  </>
);

/** Where the electricity went: devices by their use, and the rest, which is given to none of them. */
export const DeviceUsageCard = ({ householdId, card, s, onRetry }: Props): ReactNode => (
  <Card title={s.devices.title} card={card} className={styles['ranking']} onRetry={onRetry}>
    {({ rows, notes }) => (
      <>
        <ol className={styles['rows']}>
          {rows.map((row) => (
            <li key={row.key}>
              {row.deviceId === undefined ? (
                <div className={styles['row']}>
                  <Row row={row} />
                </div>
              ) : (
                <Link
                  className={styles['row']}
                  to="/households/$householdId/energy/devices/$deviceId"
                  params={{ householdId, deviceId: row.deviceId }}
                >
                  <Row row={row} />
                </Link>
              )}
            </li>
          ))}
        </ol>
        {notes.map((note) => (
          <p key={note} className={energy['note']}>
            {note}
          </p>
        ))}
      </>
    )}
  </Card>
);

/** The way to each device: air and climate, voltage and current, power and charge over time. */
export const DeviceLinksCard = ({
  householdId,
  card,
  s,
  onRetry,
}: Common & { readonly card: CardView<readonly DeviceLink[]> }): ReactNode => (
  <Card title={s.devices.links} card={card} className={styles['links']} onRetry={onRetry}>
    {(links) => (
      <ul className={styles['linkRows']}>
        {links.map(({ deviceId, name, about, silent }) => (
          <li key={deviceId}>
            <Link
              className={styles['link']}
              to="/households/$householdId/energy/devices/$deviceId"
              params={{ householdId, deviceId }}
            >
              <span className={styles['linkText']}>
                <span className={styles['name']}>{name}</span>
                <span className={silent ? styles['silent'] : styles['about']}>{about}</span>
              </span>
              <NextIcon />
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
