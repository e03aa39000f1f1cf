import { eventsTexts } from '@hems/shared/i18n/events';
import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { rewardsTexts } from '@hems/shared/i18n/rewards';
import type { EventWords } from '@hems/shared/view/event-words';
import { useMessages, useTexts } from '../preferences/preferences.tsx';

/** What the screens of events write with. */
export const useEventWords = (): EventWords => ({
  t: useMessages(),
  s: useTexts(eventsTexts),
  reasons: useTexts(reasonsTexts),
  rewards: useTexts(rewardsTexts),
});
