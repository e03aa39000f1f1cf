import { both, EMAIL, escape, fieldOf, page, refusalLine, type Field, type Told } from './pages.ts';
import type { Claim } from './verifications.ts';

/** Where the pages around an account stand, below the page that signs in: its cookie is theirs too. */
export const SIGN_UP = '/sign-up';
export const RESET = '/reset';
export const CODE = '/code';

export const BAD_ADDRESS: Told = { korean: '이메일 주소를 확인해 주세요.', english: 'Check the e-mail address.' };
export const BAD_NAME: Told = {
  korean: '이름은 1자에서 60자까지, 글자와 이모지로 써 주세요.',
  english: 'Write a name of 1 to 60 letters or emoji.',
};
export const PASSWORD_RULE: Told = {
  korean: '12자 이상, 대문자·소문자·숫자·기호를 모두 넣어 주세요.',
  english: 'At least 12 characters, with upper and lower case, a digit and a symbol.',
};
export const WRONG_CODE: Told = { korean: '코드가 맞지 않아요.', english: 'The code is wrong.' };
export const SPENT_CODE: Told = {
  korean: '코드를 더 쓸 수 없어요. 새 코드를 받아 주세요.',
  english: 'This code cannot be used any more. Ask for a new one.',
};
export const tooManyMails = (seconds: number): Told => ({
  korean: `메일을 너무 자주 요청했어요. ${Math.ceil(seconds / 60)}분 뒤에 다시 시도해 주세요.`,
  english: `Too many mails were asked for. Try again in ${Math.ceil(seconds / 60)} min.`,
});
export const LOST = {
  korean: '이 요청은 만료되었거나 이미 끝났어요. 처음부터 다시 시작해 주세요.',
  english: 'This request has expired or was finished already. Begin again.',
};
export const TAKEN: Told = {
  korean: '이 주소의 계정이 이미 있어요. 로그인해 주세요.',
  english: 'There is an account for this address already. Sign in.',
};

const NEW_PASSWORD: Field = {
  name: 'password',
  label: { korean: '새 비밀번호', english: 'New password' },
  type: 'password',
  autocomplete: 'new-password',
  hint: PASSWORD_RULE,
  more: 'minlength="12" maxlength="256"',
};
const emailField = (value = ''): Field => ({
  name: 'email',
  label: EMAIL,
  type: 'email',
  autocomplete: 'username',
  value,
});

type Form = {
  /** the path of the page that signs in */
  readonly base: string;
  readonly refusal?: Told;
};

const back = (base: string): string =>
  `<p><a class="way" href="${escape(base)}">${both('로그인으로', 'Back to sign-in')}</a></p>`;

export const signUpPage = ({ base, refusal, email, name = '' }: Form & { email?: string; name?: string }): string =>
  page(
    '계정 만들기',
    `<h1>${both('계정 만들기', 'Create an account')}</h1>
${refusalLine(refusal)}
<form method="post" action="${escape(base + SIGN_UP)}">
${fieldOf(emailField(email), refusal)}
${fieldOf({ name: 'name', label: { korean: '이름', english: 'Name' }, type: 'text', autocomplete: 'name', value: name, more: 'maxlength="60" dir="auto"' }, refusal)}
${fieldOf(NEW_PASSWORD, refusal)}
<button type="submit">${both('인증 코드 받기', 'Get a code')}</button>
</form>
${back(base)}`,
  );

export const resetPage = ({ base, refusal, email }: Form & { email?: string }): string =>
  page(
    '비밀번호 재설정',
    `<h1>${both('비밀번호 재설정', 'Reset the password')}</h1>
${refusalLine(refusal)}
<form method="post" action="${escape(base + RESET)}">
${fieldOf(emailField(email), refusal)}
<button type="submit">${both('인증 코드 받기', 'Get a code')}</button>
</form>
${back(base)}`,
  );

export const codePage = ({ base, refusal, purpose, email }: Form & Pick<Claim, 'purpose' | 'email'>): string =>
  page(
    '인증 코드',
    `<h1>${both('인증 코드', 'Code')}</h1>
<p>${both(`${escape(email)} 주소로 메일을 보냈어요.`, `We have sent a mail to ${escape(email)}.`)}</p>
<p class="hint">${both('이 컴퓨터에서는 메일이 데이터 폴더의 outbox/mail에 놓여요.', 'On this computer, mail is put into outbox/mail of the data folder.')}</p>
${refusalLine(refusal)}
<form method="post" action="${escape(base + CODE)}">
${fieldOf({ name: 'code', label: { korean: '6자리 코드', english: 'Code of 6 digits' }, type: 'text', autocomplete: 'one-time-code', more: 'inputmode="numeric" maxlength="12"' }, refusal)}
${purpose === 'reset' ? fieldOf(NEW_PASSWORD, refusal) : ''}
<button type="submit">${both('확인', 'Confirm')}</button>
</form>
<form method="post" action="${escape(base + CODE)}">
<button class="second" type="submit" name="resend" value="yes">${both('새 코드 받기', 'Send another code')}</button>
</form>
${back(base)}`,
  );
