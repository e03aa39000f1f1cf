import { homeTexts } from '@hems/shared/i18n/home';
import { useEnvironment } from '@hems/shared/queries/environment';
import { homeView } from '@hems/shared/view/home';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { DevicesCard } from './devices-card.tsx';
import { EnvironmentCard } from './environment-card.tsx';
import type { LaterProps } from './later.tsx';

/** Indoor air and devices. */
export const HomeCards = ({ householdId, session, live, deviceMs, onRetry }: LaterProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(homeTexts) };
  const environment = useEnvironment(householdId);
  const view = homeView({ session, live, environment, deviceMs }, words);
  return (
    <>
      <EnvironmentCard card={view.environment} onRetry={onRetry} />
      <DevicesCard card={view.devices} onRetry={onRetry} />
    </>
  );
};
