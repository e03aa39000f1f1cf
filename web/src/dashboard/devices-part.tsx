import { homeTexts } from '@hems/shared/i18n/home';
import { behind, cardOf } from '@hems/shared/view/card';
import { devicesCard } from '@hems/shared/view/devices';
import { serverNow } from '@hems/shared/view/live-tail';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { DevicesCard } from './devices-card.tsx';
import type { LaterProps } from './later.tsx';

export const DevicesPart = ({ householdId, session, live, deviceMs, onRetry }: LaterProps): ReactNode => {
  const words = { t: useMessages(), s: useTexts(homeTexts) };
  const nowMs = serverNow(live, deviceMs);
  const card = cardOf(behind(session, live), words.t, (data) => devicesCard(data.live, nowMs, words));
  return <DevicesCard card={card} householdId={householdId} all={words.s.devices.all} onRetry={onRetry} />;
};
