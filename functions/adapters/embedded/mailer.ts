import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Mail, Mailer } from '../../ports/mailer.ts';

const FROM = 'HEMS <no-reply@hems.local>';

/** A line break in a header would begin another header, or the text. */
const header = (name: string, value: string): string => {
  if (/[\r\n]/.test(value)) throw new Error(`the mail has a line break in its header ${name}`);
  return `${name}: ${value}`;
};

const message = (id: string, { to, subject, text, unsubscribeUrl }: Mail, sentMs: number): string =>
  [
    header('From', FROM),
    header('To', to),
    header('Subject', subject),
    header('Date', new Date(sentMs).toUTCString().replace('GMT', '+0000')),
    header('Message-ID', `<${encodeURIComponent(id)}@hems.local>`),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...(unsubscribeUrl === undefined
      ? []
      : [header('List-Unsubscribe', `<${unsubscribeUrl}>`), 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']),
    '',
    text.replaceAll(/\r?\n/g, '\r\n'),
  ].join('\r\n');

/** `Mailer` into a folder: a file for each mail, in the form of RFC 5322 with headers in UTF-8 (RFC 6532), which mail programs open. */
export const outboxMailer = (folder: string, clock: Clock): Mailer => ({
  send: async (id, mail) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, `${encodeURIComponent(id)}.eml`), message(id, mail, clock.now()), { mode: 0o600 });
  },
});
