import type { Mail } from '../../ports/mailer.ts';

/** What the identity provider writes to people: Korean with the English below, because nobody has chosen a language yet. */
type Letter = Omit<Mail, 'to'>;

const letter = (subject: string, korean: string, english: string): Letter => ({
  subject,
  text: `${korean}\n\n— English —\n\n${english}\n`,
});

const IGNORE = {
  korean: '요청하지 않으셨다면 이 메일을 그대로 두세요. 아무것도 바뀌지 않아요.',
  english: 'If you did not ask for this, ignore it; nothing changes.',
};

export const signUpCode = (code: string, minutes: number): Letter =>
  letter(
    `우리 집 에너지 인증 코드 ${code}`,
    `가입을 마치려면 이 코드를 입력해 주세요: ${code}\n코드는 ${minutes}분 동안 쓸 수 있어요. ${IGNORE.korean}`,
    `Enter this code to finish signing up: ${code}\nIt works for ${minutes} minutes. ${IGNORE.english}`,
  );

export const resetCode = (code: string, minutes: number): Letter =>
  letter(
    `우리 집 에너지 비밀번호 재설정 코드 ${code}`,
    `새 비밀번호를 정하려면 이 코드를 입력해 주세요: ${code}\n코드는 ${minutes}분 동안 쓸 수 있어요. ${IGNORE.korean}`,
    `Enter this code to choose a new password: ${code}\nIt works for ${minutes} minutes. ${IGNORE.english}`,
  );

/** To the owner of an account, when somebody signs up with its address. */
export const accountExists = (): Letter =>
  letter(
    '우리 집 에너지 계정이 이미 있어요',
    `누군가 이 주소로 ‘우리 집 에너지’에 가입하려 했지만 계정이 이미 있어요. 본인이라면 로그인하거나 비밀번호를 재설정해 주세요. ${IGNORE.korean}`,
    `Somebody tried to sign up to Home Energy with this address, which has an account already. If it was you, sign in, or reset your password. ${IGNORE.english}`,
  );

/** To an address without an account, when somebody asks to reset its password. */
export const noAccount = (): Letter =>
  letter(
    '우리 집 에너지 계정이 없어요',
    `누군가 이 주소로 ‘우리 집 에너지’ 비밀번호를 재설정하려 했지만 계정이 없어요. 본인이라면 먼저 가입해 주세요. ${IGNORE.korean}`,
    `Somebody asked to reset a Home Energy password for this address, which has no account. If it was you, sign up first. ${IGNORE.english}`,
  );
