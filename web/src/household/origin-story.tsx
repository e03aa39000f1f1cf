import type { Origin } from '@hems/models/household/household';
import { originTexts } from '@hems/shared/i18n/origin';
import { originStory } from '@hems/shared/view/origin-story';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';

/** From where the values of a demo home come, in full. */
export const OriginStory = ({ origin }: { readonly origin: Origin }): ReactNode => (
  <p>{originStory(origin, { t: useMessages(), s: useTexts(originTexts) })}</p>
);
