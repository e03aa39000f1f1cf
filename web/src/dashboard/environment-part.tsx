import { homeTexts } from '@hems/shared/i18n/home';
import { useEnvironment } from '@hems/shared/queries/environment';
import { behind } from '@hems/shared/view/card';
import { environmentCard } from '@hems/shared/view/environment';
import { serverNow } from '@hems/shared/view/live-tail';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { EnvironmentCard } from './environment-card.tsx';
import type { LaterProps } from './later.tsx';

/** Indoor air. */
export const EnvironmentPart = ({ householdId, session, live, deviceMs, onRetry }: LaterProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(homeTexts) };
  const environment = behind(session, useEnvironment(householdId));
  return <EnvironmentCard card={environmentCard(environment, serverNow(live, deviceMs), words)} onRetry={onRetry} />;
};
