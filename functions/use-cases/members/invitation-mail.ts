import { localDate } from '@hems/models/calendar/seoul';
import { displayName } from '@hems/shared/api/account';
import type { Mail } from '../../ports/mailer.ts';
import type { Person } from '../stores/people.ts';

type Letter = Pick<Mail, 'subject' | 'text'>;
type Parts = { readonly who: string; readonly link: string; readonly until: string };

const LETTER: Record<Person['language'], (parts: Parts) => Letter> = {
  ko: ({ who, link, until }) => ({
    subject: '‘우리 집 에너지’에 초대받았어요',
    text: `${who || '한 입주민'} 님이 ‘우리 집 에너지’에서 전기 사용을 함께 보자고 초대했어요.

이 이메일 주소로 가입하거나 로그인한 뒤 아래 링크를 열면 참여할 수 있어요. 링크는 ${until}까지 한 번만 쓸 수 있어요.

${link}

모르는 초대라면 그대로 두세요. 아무 일도 일어나지 않아요.
`,
  }),
  en: ({ who, link, until }) => ({
    subject: 'You are invited to a home on Home Energy',
    text: `${who || 'A resident'} invites you to a home on Home Energy, to look after its electricity together.

Sign up or sign in with this address, then open the link below. It works until ${until}, for this e-mail address, once.

${link}

If you do not know about this, do nothing, and nothing will happen.
`,
  }),
};

/** What a name is written with, and no sign that a mail program would make an address of: there are more dots than one. */
const NOT_OF_NAMES = /[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\u{200d} '’-]+/gu;

/** A name is the inviter's to choose, so it carries no lines, no turned text and no address of its own into somebody's mail. */
const nameInMail = (name: string): string =>
  (displayName.safeParse(name).data ?? '').replaceAll(NOT_OF_NAMES, ' ').trim();

export const invitationLetter = (
  { name, language }: Pick<Person, 'name' | 'language'>,
  { link, expiresMs }: { readonly link: string; readonly expiresMs: number },
): Letter => LETTER[language]({ who: nameInMail(name), link, until: localDate(expiresMs) });
