import type { Messages } from '../i18n/messages.ts';
import { clockText } from './time.ts';

/** Date in Korea with its year, for what is looked up long after: `2026년 11월 22일`. */
export const longDateText = (ms: number, t: Messages): string =>
  new Intl.DateTimeFormat(t.tag, { dateStyle: 'long', timeZone: 'Asia/Seoul' }).format(ms);

/** The same with the time of day: `2026년 11월 22일 오후 3:24`. */
export const longMomentText = (ms: number, t: Messages): string => `${longDateText(ms, t)} ${clockText(ms, t)}`;
