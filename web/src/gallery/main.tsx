import 'virtual:tokens.css';
import '../shell.css';
import { loadLanguage, LOCALES } from '@hems/shared/i18n/locale';
import { useEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { setClock } from './clock.ts';
import { galleryApp } from './gallery-app.tsx';
import { SCREEN_NAMES } from './screens.ts';
import { STATES } from './states.ts';
import { keepNothing } from './storage.ts';

/** One screen of the app in one state: `/gallery/<screen>?state=…&lang=…&theme=…`. */

const THEMES = ['light', 'dark'] as const;

/** One of the choices, the first where the address names none. */
const chosen = <T extends string>(choices: readonly T[], name: string | null): T => {
  const [first] = choices;
  if (first === undefined) throw new RangeError('there is nothing to choose from');
  return choices.find((one) => one === name) ?? first;
};

/** Says on the page which address it shows, once it does. */
const Shown = ({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode => {
  useEffect(() => {
    document.documentElement.dataset['shown'] = href;
  }, [href]);
  return children;
};

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');
const root = createRoot(place);

const show = async (): Promise<void> => {
  const { pathname, search, href } = location;
  const query = new URLSearchParams(search);
  const language = await loadLanguage(chosen(LOCALES, query.get('lang')));
  localStorage.setItem('hems.theme', chosen(THEMES, query.get('theme')));
  const screen = chosen(SCREEN_NAMES, pathname.slice(pathname.lastIndexOf('/') + 1));
  root.render(
    <Shown key={href} href={href}>
      {galleryApp({ screen, state: chosen(STATES, query.get('state')), language })}
    </Shown>,
  );
};

setClock();
keepNothing();
if (location.pathname.endsWith('/chart-speed'))
  void import('./chart-speed.tsx').then(({ chartSpeed }) => chartSpeed(root));
else void show();
// Another address of the gallery is shown without fetching the app again.
addEventListener('popstate', () => void show());
