import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { useRevokeGateway } from '@hems/shared/queries/equipment';
import { ready } from '@hems/shared/view/card';
import type { DeviceRow, GatewayView } from '@hems/shared/view/equipment';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from '../settings/settings.module.css';
import { NextIcon } from '../ui/arrow-icons.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { DeviceActions } from './device-actions.tsx';
import own from './devices.module.css';

type Shared = {
  readonly householdId: string;
  readonly mayManage: boolean;
  /** to retire and replace what the home's energy is counted by */
  readonly mayChangeMeters: boolean;
  readonly s: SettingsTexts;
};

const Row = ({ device, ...shared }: Shared & { readonly device: DeviceRow }): ReactNode => (
  <li className={styles['row']}>
    <div className={own['device']}>
      <div>
        <p className={styles['name']}>
          <bdi>{device.name}</bdi>
        </p>
        <p className={styles['sub']}>{device.about}</p>
      </div>
      <Link
        to="/households/$householdId/energy/devices/$deviceId"
        params={{ householdId: shared.householdId, deviceId: device.deviceId }}
        className={`${buttons['quiet']} ${own['values']}`}
        aria-label={`${device.name} ${shared.s.devices.values}`}
      >
        {shared.s.devices.values}
        <NextIcon />
      </Link>
    </div>
    {shared.mayManage && device.isActive && (
      <Disclosure summary={shared.s.manage} name={shared.s.manageOf(device.name)}>
        <DeviceActions
          device={device}
          householdId={shared.householdId}
          mayEnd={shared.mayChangeMeters || !device.isCounted}
          s={shared.s}
        />
      </Disclosure>
    )}
  </li>
);

/** One gateway: whether it is connected, a warning when its certificate is used elsewhere, and what is behind it. */
export const GatewayCard = ({ gateway, ...shared }: Shared & { readonly gateway: GatewayView }): ReactNode => {
  const { devices: s } = shared.s;
  const revoking = useRevokeGateway(shared.householdId);
  return (
    <Card title={gateway.title} card={ready(gateway)} className={styles['group']} onRetry={() => undefined}>
      {({ presence, presenceText, firmware, isDoubled, isActive, devices }) => (
        <>
          <p className={styles['head']}>
            <span className={`${styles['tag']} ${styles[presence] ?? ''}`}>{presenceText}</span>
            <span className={styles['sub']}>{firmware}</span>
          </p>
          {isDoubled && (
            <p role="alert" className={styles['warning']}>
              {s.doubled}
            </p>
          )}
          {devices.length === 0 ? (
            <p className={styles['sub']}>{s.none}</p>
          ) : (
            <ul>
              {devices.map((device) => (
                <Row key={device.deviceId} device={device} {...shared} />
              ))}
            </ul>
          )}
          {shared.mayManage && isActive && (
            <Confirm
              label={s.revoke}
              tone="button"
              text={s.revokeText}
              words={shared.s}
              action={revoking}
              onConfirm={() => revoking.run(gateway.gateway)}
            />
          )}
        </>
      )}
    </Card>
  );
};
