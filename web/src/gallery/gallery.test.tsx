import { KOREAN } from '@hems/shared/i18n/locale';
import { act, cleanup, render } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NOW_MS } from '@hems/shared/testing/answers';
import { PAGE_NAMES as ASSISTANT_PAGES } from '../assistant/pages.ts';
import { createAppRouter } from '../router.tsx';
// For what of a browser jsdom lacks.
import '../testing/open-app.tsx';
import { PAGE_NAMES as SETTINGS_PAGES } from '../settings/pages.ts';
import type { Card } from '../ui/card.tsx';
import { CANNOT_BE } from './cards.ts';
import { galleryApp } from './gallery-app.tsx';
import { SCREEN_NAMES, shownAs, type Screen } from './screens.ts';
import { STATES, type State } from './states.ts';

const { drawn } = vi.hoisted(() => ({ drawn: new Map<string, Set<string>>() }));

// Whoever draws a card makes its element: the place of that call says in which file. React's own owner stacks end after 10,000 a second.
vi.mock('react/jsx-dev-runtime', async (importOriginal) => {
  const real = await importOriginal<{ jsxDEV: (...of: readonly unknown[]) => unknown }>();
  return {
    ...real,
    jsxDEV: (type: { readonly name?: string }, props: Partial<ComponentProps<typeof Card>>, ...rest: unknown[]) => {
      if (type.name === 'Card' && props.card !== undefined) {
        const places = (new Error('here').stack ?? '').matchAll(/web\/src\/([\w/-]+\.tsx)/g);
        const [place = ['', 'nobody']] = places;
        drawn.set(place[1] ?? '', (drawn.get(place[1] ?? '') ?? new Set()).add(props.card.state));
      }
      return real.jsxDEV(type, props, ...rest);
    },
  };
});

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(NOW_MS);
});
afterAll(() => vi.useRealTimers());

type CardFile = { readonly file: string; readonly fixed: boolean };

const SOURCES = import.meta.glob<string>(['../**/*.tsx', '!../ui/**', '!../**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every file of the app that draws a card. `fixed`: what they show is not loaded by them, so they are there or not, and in no other state. */
const cardFiles = (): CardFile[] =>
  Object.entries(SOURCES).flatMap(([path, source]) => {
    const cards = [...source.matchAll(/<Card\b[^<]*?card=\{(ready\()?/g)];
    return cards.length === 0
      ? []
      : [{ file: path.replace('../', ''), fixed: cards.every(([, isReady]) => isReady !== undefined) }];
  });

const PAUSE_MS = 4;
const LONGEST_MS = 5000;
/** The cards of the dashboard that come last. */
const LAST_AFTER_MS = 200;

/** Until a screen has its heading, waits for nothing but what never comes, and has stopped changing. */
const settled = async (container: HTMLElement, screen: Screen, state: State): Promise<void> => {
  let before: string | undefined;
  if (screen.startsWith('dashboard'))
    await act(async () => new Promise((resolve) => setTimeout(resolve, LAST_AFTER_MS)));
  for (let waitedMs = 0; waitedMs < LONGEST_MS; waitedMs += PAUSE_MS) {
    await act(async () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)));
    const { innerHTML } = container;
    const isThere = container.querySelector('main h1') !== null;
    const waits = state !== 'loading' && container.querySelector('main [data-state=loading]') !== null;
    if (isThere && !waits && innerHTML === before) return;
    before = innerHTML;
  }
  throw new Error(`not shown after ${LONGEST_MS} ms: ${container.textContent}`);
};

describe('the gallery', () => {
  it('has every screen of the app', () => {
    const router = createAppRouter();
    const shown = SCREEN_NAMES.map((name) => {
      return router.matchRoutes(shownAs(name).path.replace(/[?#].*/, ''), {}).at(-1)?.routeId;
    });
    const leaves = Object.values(router.routesById).filter(({ children }) => children === undefined);
    expect(leaves.map(({ id }) => id).filter((id) => !shown.includes(id))).toEqual([]);
    const paths = SCREEN_NAMES.map((name) => shownAs(name).path);
    for (const page of [...SETTINGS_PAGES.map((name) => `settings/${name}`), ...ASSISTANT_PAGES.slice(1)])
      expect(
        paths.some((path) => path.endsWith(`/${page}`)),
        page,
      ).toBe(true);
  });

  it.each(STATES)('shows every screen %s', { timeout: 60_000 }, async (state) => {
    for (const screen of SCREEN_NAMES.filter((name) => state === 'ready' || !shownAs(name).still)) {
      const { container } = render(galleryApp({ screen, state, language: KOREAN }));
      await expect(settled(container, screen, state), screen).resolves.toBeUndefined();
      cleanup();
    }
  });

  // After the screens have been shown above.
  it('has every card of the app in every state that it can be in, and says why it cannot be in the others', () => {
    const files = cardFiles();
    expect(files.length).toBeGreaterThan(40);
    const lacking = files.map(({ file, fixed }) => {
      const states = drawn.get(file) ?? new Set();
      const wanted = STATES.filter((state) => (fixed ? state === 'ready' : CANNOT_BE[file]?.[state] === undefined));
      return [file, wanted.filter((state) => !states.has(state)).join(', ')];
    });
    expect(lacking.filter(([, states]) => states !== '')).toEqual([]);
    const excused = Object.entries(CANNOT_BE).map(([file, states]) => {
      const found = drawn.get(file) ?? new Set();
      return [
        file,
        Object.keys(states)
          .filter((state) => found.has(state))
          .join(', '),
      ];
    });
    expect(excused.filter(([file, states]) => states !== '' || !files.some((one) => one.file === file))).toEqual([]);
  });
});
