import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import {
  markRead,
  readInbox,
  readNoticeSettings,
  setNoticeSettings,
  unsubscribe,
  type NoticeSettings,
} from '../api/inbox.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';
import { usePages, type Pages } from './paged.ts';
import { polled } from './query-client.ts';

/** A push tells at once; the badge need not. Coming back to the page asks again. */
const INBOX_POLL_MS = 2 * 60_000;
const STALE_MS = 60_000;

export type InboxPage = z.output<typeof readInbox.answer>;

/** Notices, newest first. The badge and the inbox share what was asked for. */
export const useInbox = (): Pages<InboxPage> => {
  const call = useCall();
  return usePages({
    queryKey: ['inbox'],
    page: async (query, signal) => call(readInbox, { query }, signal),
    ...polled(INBOX_POLL_MS),
  });
};

export const useMarkRead = (): Action<string[], object> => {
  const call = useCall();
  return useAction({ act: async (noticeIds: string[]) => call(markRead, { body: { noticeIds } }), changes: ['inbox'] });
};

export type SettingsAnswer = z.output<typeof readNoticeSettings.answer>;
const SETTINGS = 'notice-settings';

export const useNoticeSettings = (): Loaded<SettingsAnswer> => {
  const call = useCall();
  const result = useQuery({
    queryKey: [SETTINGS],
    queryFn: ({ signal }) => call(readNoticeSettings, {}, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

export const useSetNoticeSettings = (): Action<NoticeSettings, SettingsAnswer> => {
  const call = useCall();
  return useAction({
    act: async (body: NoticeSettings) => call(setNoticeSettings, { body }),
    changes: [SETTINGS],
  });
};

/** Ends advertising by the link of a mail; nobody has to be signed in. */
export const useUnsubscribe = (): Action<string, object> => {
  const call = useCall();
  return useAction({
    act: async (token: string) => call(unsubscribe, { params: { token }, body: {} }),
    changes: [SETTINGS],
  });
};
