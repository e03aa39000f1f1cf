import type { Environment } from '../api/environment.ts';
import type { HomeTexts } from '../i18n/ko/home.ts';
import type { Words } from '../i18n/texts.ts';
import { behind, cardOf, type Card, type Loaded } from './card.ts';
import { devicesCard, type DeviceView } from './devices.ts';
import { environmentCard, type SensorView } from './environment.ts';
import { serverNow, type LiveState } from './live-tail.ts';

export type HomeInput = {
  readonly session: Loaded<unknown>;
  readonly live: Loaded<LiveState>;
  readonly environment: Loaded<Environment>;
  /** by the clock of this device */
  readonly deviceMs: number;
};

/** Indoor air and devices, in the lower half of the dashboard. Ages are told by the server's clock. */
export const homeView = (
  { session, deviceMs, ...input }: HomeInput,
  words: Words<HomeTexts>,
): { readonly environment: Card<readonly SensorView[]>; readonly devices: Card<readonly DeviceView[]> } => {
  const live = behind(session, input.live);
  const nowMs = serverNow(live, deviceMs);
  return {
    environment: environmentCard(behind(session, input.environment), nowMs, words),
    devices: cardOf(live, words.t, (data) => devicesCard(data.live, nowMs, words)),
  };
};
