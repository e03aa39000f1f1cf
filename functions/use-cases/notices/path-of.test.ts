import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOTICE_KINDS } from '@hems/models/notices/kinds';
import { pathOf } from './path-of.ts';

const web = (file: string): string => readFileSync(new URL(`../../../web/src/${file}`, import.meta.url), 'utf8');
const SECURITY = ['role-changed', 'claims-locked', 'gateway-doubled', 'residence-locked'];

/** What the router of the web app opens below a household: its own paths, and the settings by their names. */
const isScreen = (path: string): boolean => {
  const [, first = '', page] = /^settings\/(.*)$/.test(path) ? ['', 'settings', path.slice(9)] : ['', path];
  return page === undefined
    ? web('router.tsx').includes(`path: '${first.replace(/^(rewards\/events)\/.+/, '$1/{-$eventId}')}'`)
    : new RegExp(`^  ${page}: lazyRouteComponent`, 'm').test(web('settings/pages.ts'));
};

test('every notice leads to a screen that the web app has', () => {
  for (const kind of NOTICE_KINDS)
    for (const what of kind === 'security' ? SECURITY : [''])
      expect([
        kind,
        what,
        isScreen(pathOf(kind, 'h-1', { what, eventId: 'event-1' }).slice('/households/h-1/'.length)),
      ]).toEqual([kind, what, true]);
  expect(isScreen('members')).toBe(false);
  expect(pathOf('event-invitation', 'h-1', { eventId: 'event-1' })).toBe('/households/h-1/rewards/events/event-1');
  expect(pathOf('security', null, {})).toBe('/inbox');
});
