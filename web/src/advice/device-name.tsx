import { useEquipment } from '@hems/shared/queries/equipment';
import type { ReactNode } from 'react';
import styles from './advice.module.css';

type Props = { readonly householdId: string; readonly deviceId: string };

/** The name that the home gave the device which a suggestion is about. */
export const DeviceName = ({ householdId, deviceId }: Props): ReactNode => {
  const name = useEquipment(householdId).data?.devices.find((device) => device.deviceId === deviceId)?.name;
  return name === undefined ? null : <p className={styles['device']}>{name}</p>;
};
