import { useEquipment } from '@hems/shared/queries/equipment';
import type { ReactNode } from 'react';
import type { PlanPartProps } from './automation-card.tsx';
import { SettingsCard } from './settings-card.tsx';

/** A charger alone is planned once it is known what the car needs by when: the place to say so, for a home that has one. */
export const ChargerSettings = (props: PlanPartProps): ReactNode => {
  const devices = useEquipment(props.householdId).data?.devices ?? [];
  const hasCharger = devices.some(({ kind, status }) => kind === 'ev_charger' && status === 'active');
  return hasCharger ? <SettingsCard {...props} /> : null;
};
