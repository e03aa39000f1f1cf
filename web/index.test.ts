import { readFile } from 'node:fs/promises';
import { ko } from '@hems/shared/i18n/ko/landing';
import { expect, it } from 'vitest';

it('the page shows the words of the sign-in page before any script of the app has run', async () => {
  const page = await readFile(new URL('index.html', import.meta.url), 'utf8');
  expect(page).toContain(`<p class="shell-title">${ko.title}</p>`);
  expect(page).toContain(`<p class="shell-lead">${ko.lead}</p>`);
});
