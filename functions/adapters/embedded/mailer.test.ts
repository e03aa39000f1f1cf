import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outboxMailer } from './mailer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-mail-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

const box = () => join(folder, 'outbox', 'mail');
const mailer = () => outboxMailer(box(), { now: () => Date.UTC(2026, 10, 23, 1, 2, 3) });
const MAIL = { to: 'resident@example.com', subject: '알림 ⚡', text: '첫 줄\n둘째 줄\n' };

test('a mail is a file that a mail program opens, Korean and emoji as they are', async () => {
  await mailer().send('code-1', MAIL);
  expect(await readFile(join(box(), 'code-1.eml'), 'utf8')).toBe(
    [
      'From: HEMS <no-reply@hems.local>',
      'To: resident@example.com',
      'Subject: 알림 ⚡',
      'Date: Mon, 23 Nov 2026 01:02:03 +0000',
      'Message-ID: <code-1@hems.local>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      '첫 줄',
      '둘째 줄',
      '',
    ].join('\r\n'),
  );
});

test('the same mail again is one file, and no id leads out of the folder', async () => {
  await mailer().send('../n/1', MAIL);
  await mailer().send('../n/1', MAIL);
  expect(await readdir(box())).toEqual(['..%2Fn%2F1.eml']);
});

test('advertising carries the headers to leave it with one click', async () => {
  await mailer().send('ad', { ...MAIL, unsubscribeUrl: 'https://hems.example/leave' });
  const text = await readFile(join(box(), 'ad.eml'), 'utf8');
  expect(text).toContain('List-Unsubscribe: <https://hems.example/leave>\r\n');
  expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
});

test('an address or subject with a line break is refused, and nothing is written', async () => {
  await expect(mailer().send('a', { ...MAIL, to: 'a@example.com\r\nBcc: all@example.com' })).rejects.toThrow('To');
  await expect(mailer().send('a', { ...MAIL, subject: 'x\n\nnew text' })).rejects.toThrow('Subject');
  expect(await readdir(folder)).toEqual(['outbox']);
  expect(await readdir(box())).toEqual([]);
});
