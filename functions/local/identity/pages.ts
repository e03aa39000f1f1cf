import type { User } from './users.ts';

export const STYLE_PATH = '/oidc/style.css';
/** The list of demo sign-ins again, for scripts. */
export const SHOWN_PATH = '/oidc/demo-sign-ins.json';
export const SIGN_OUT_SCRIPT_PATH = '/oidc/sign-out.js';

export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Korean with the English beside it: the page is seen before anybody has chosen a language. */
export const both = (korean: string, english: string): string => `${korean} <span lang="en">${english}</span>`;

export const page = (title: string, content: string): string => `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 우리 집 에너지</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;

export type Told = { readonly korean: string; readonly english: string };

/** What was wrong with the form as it was sent; the fields point to it. */
export const refusalLine = (refusal: Told | undefined): string =>
  refusal ? `<p class="refusal" id="refusal" role="alert">${both(refusal.korean, refusal.english)}</p>` : '';

export type Field = {
  readonly name: string;
  readonly label: Told;
  readonly type: 'email' | 'password' | 'text';
  readonly autocomplete: string;
  readonly value?: string;
  readonly hint?: Told;
  /** further attributes, not from outside */
  readonly more?: string;
};

export const fieldOf = (
  { name, label, type, autocomplete, value = '', hint, more = '' }: Field,
  refusal: Told | undefined,
): string => {
  const described = [hint && `${name}-hint`, refusal && 'refusal'].filter(Boolean).join(' ');
  return `<label for="${name}">${both(label.korean, label.english)}</label>
${hint ? `<p class="hint" id="${name}-hint">${both(hint.korean, hint.english)}</p>` : ''}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required value="${escape(value)}"${described && ` aria-describedby="${described}"`} ${more}>`;
};

export const EMAIL = { korean: '이메일', english: 'E-mail' };

export type SignInForm = {
  readonly action: string;
  readonly shown: readonly Pick<User, 'name' | 'email' | 'password'>[];
  readonly email?: string;
  readonly refusal?: Told;
};

export const WRONG_PASSWORD: Told = {
  korean: '이메일 또는 비밀번호가 맞지 않아요. 아래 목록에서 확인해 주세요.',
  english: 'E-mail or password is wrong. Check the list below.',
};
export const waitFor = (seconds: number): Told => ({
  korean: `비밀번호를 여러 번 틀렸어요. ${seconds}초 뒤에 다시 시도해 주세요.`,
  english: `Too many wrong passwords. Try again in ${seconds} s.`,
});

export const signInPage = ({ action, shown, email = '', refusal }: SignInForm): string =>
  page(
    '로그인',
    `<h1>${both('로그인', 'Sign in')}</h1>
${refusalLine(refusal)}
<form method="post" action="${escape(action)}">
${fieldOf({ name: 'email', label: EMAIL, type: 'email', autocomplete: 'username', value: email }, refusal)}
${fieldOf({ name: 'password', label: { korean: '비밀번호', english: 'Password' }, type: 'password', autocomplete: 'current-password', ...(refusal && { more: 'aria-invalid="true"' }) }, refusal)}
<button type="submit">${both('로그인', 'Sign in')}</button>
</form>
<ul>
<li><a class="way" href="${escape(action)}/sign-up">${both('계정 만들기', 'Create an account')}</a></li>
<li><a class="way" href="${escape(action)}/reset">${both('비밀번호를 잊으셨나요?', 'Forgot the password?')}</a></li>
</ul>
<section aria-labelledby="demo">
<h2 id="demo">${both('데모 계정', 'Demo sign-ins')}</h2>
<p>${both('이 컴퓨터에서만 쓰는 계정이고 비밀이 아니에요.', 'They exist on this computer only and are no secret.')}</p>
<ul>
${shown.map((user) => `<li><b>${escape(user.name)}</b><br><code>${escape(user.email)}</code><br><code>${escape(user.password)}</code></li>`).join('\n')}
</ul>
</section>`,
  );

/** The form comes from the provider and carries its own token; the script sends it, the button does where scripts are off. */
export const signOutPage = (form: string): string =>
  page(
    '로그아웃',
    `<h1>${both('로그아웃', 'Sign out')}</h1>
${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>${both('로그아웃', 'Sign out')}</button>
<script src="${SIGN_OUT_SCRIPT_PATH}"></script>`,
  );

export const signedOutPage = (): string =>
  page(
    '로그아웃됨',
    `<h1>${both('로그아웃했어요', 'You are signed out')}</h1>
<p><a href="/">${both('처음으로', 'Back to the start')}</a></p>`,
  );

export const failurePage = (detail: string): string =>
  page(
    '로그인할 수 없음',
    `<h1>${both('로그인을 마치지 못했어요', 'The sign-in was not finished')}</h1>
<p role="alert">${escape(detail)}</p>
<p><a href="/">${both('처음부터 다시 시작', 'Start again')}</a></p>`,
  );

export const SIGN_OUT_SCRIPT = `document.querySelector('button[name="logout"]').click();\n`;

export const STYLE = `:root { color-scheme: light dark; --ink: #17202a; --paper: #fff; --soft: #5d6875; --line: #8793a0; --main: #0b5cad; --alert: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --paper: #12181f; --soft: #a5b1bd; --line: #6d7a87; --main: #7db7f0; --alert: #ff9a90; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, 'Apple SD Gothic Neo', 'Noto Sans KR', sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
span[lang] { color: var(--soft); font-size: .9em; font-weight: 400; }
label { display: block; margin: 1rem 0 .25rem; }
input, button { width: 100%; min-height: 3rem; padding: .5rem .75rem; font: inherit; border-radius: .5rem; }
input { color: inherit; background: transparent; border: 1px solid var(--line); }
button { margin-top: 1.5rem; border: 1px solid transparent; background: var(--main); color: var(--paper); cursor: pointer; }
button span[lang] { color: inherit; }
button.second { margin-top: .75rem; background: transparent; color: var(--main); border-color: var(--line); }
a { color: var(--main); } a.way { display: inline-flex; flex-wrap: wrap; gap: 0 .4em; align-items: center; min-height: 3rem; min-width: 3rem; }
a span[lang], button.second span[lang] { color: inherit; }
.hint { margin: 0 0 .25rem; color: var(--soft); font-size: .9em; }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.refusal, [role='alert'] { color: var(--alert); }
ul { list-style: none; padding: 0; } li { padding: .5rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
`;
