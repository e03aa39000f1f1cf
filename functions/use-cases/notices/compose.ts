import { unsubscribe as unsubscribeRoute } from '@hems/shared/api/inbox';
import { requestUrl } from '@hems/shared/client/request';
import { en } from '@hems/shared/i18n/en/notices';
import { ko } from '@hems/shared/i18n/ko/notices';
import { sentenceOf, type NoticeTexts } from '@hems/shared/i18n/notice-texts';
import type { Notice } from '@hems/shared/api/inbox';
import type { Mail } from '../../ports/mailer.ts';
import type { PushMessage } from '../../ports/push.ts';
import type { Letterhead } from './deps.ts';

const TEXTS: Readonly<Record<'ko' | 'en', NoticeTexts>> = { ko, en };

const SETTINGS_PATH = '/inbox/settings';

type Written = { readonly notice: Notice; readonly language: 'ko' | 'en' };

/** What a phone shows. Advertising says in the message who sends it and how to refuse it. */
export const pushOf = ({ notice, language }: Written): PushMessage => {
  const texts = TEXTS[language];
  const { title, text } = sentenceOf(texts, notice);
  const { brand, unsubscribePush } = texts.letter;
  const body = notice.kind === 'marketing' ? `${text} ${brand}. ${unsubscribePush}` : text;
  return { title, body, path: notice.path, tag: notice.noticeId };
};

export type Letter = Written & {
  readonly to: string;
  readonly letterhead: Letterhead;
  readonly unsubscribeToken: string;
};

/**
 * The mail. Advertising begins its subject with the mark, names its sender and carries two free ways out, neither of which asks for a
 * sign-in: a link to read and press, and the header by which a mail program does it with one click.
 */
export const mailOf = ({ notice, language, to, letterhead, unsubscribeToken }: Letter): Mail => {
  const texts = TEXTS[language];
  const { title, text } = sentenceOf(texts, notice);
  const { open, settings, from, unsubscribe, brand } = texts.letter;
  const { webUrl, apiUrl, contact } = letterhead;
  const isAdvertising = notice.kind === 'marketing';
  const lines = [
    text,
    `${open}: ${webUrl}${notice.path}`,
    [
      from(contact),
      isAdvertising
        ? `${unsubscribe}: ${webUrl}/unsubscribe#${unsubscribeToken}`
        : `${settings}: ${webUrl}${SETTINGS_PATH}`,
    ].join('\n'),
  ];
  return {
    to,
    subject: isAdvertising ? title : `[${brand}] ${title}`,
    text: `${lines.join('\n\n')}\n`,
    ...(isAdvertising && {
      unsubscribeUrl: requestUrl(apiUrl, unsubscribeRoute, { params: { token: unsubscribeToken } }),
    }),
  };
};
