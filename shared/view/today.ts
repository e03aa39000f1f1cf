import type { Live } from '../api/live.ts';
import { kwhText } from '../format/energy.ts';
import type { Messages } from '../i18n/messages.ts';
import { empty, filled, type Card } from './card.ts';

export type TodayView = { readonly kwh: string; readonly quality: string };

/** What the home used since midnight in Korea. */
export const todayCard = ({ today }: Live, t: Messages): Card<TodayView> => {
  if (today.loadWh === null) return empty(t.today.empty);
  const content = { kwh: kwhText(today.loadWh), quality: t.quality[today.quality] };
  const { quality } = today;
  return filled(content, quality === 'missing' || quality === 'bad' ? t.today[quality] : undefined);
};
