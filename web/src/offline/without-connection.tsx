import type { AuthPort } from '@hems/shared/client/auth-port';
import type { Call } from '@hems/shared/client/client';
import { ApiError } from '@hems/shared/errors/api-error';
import { momentText } from '@hems/shared/format/time';
import { offlineTexts } from '@hems/shared/i18n/offline';
import type { Language } from '@hems/shared/i18n/locale';
import { createQueryClient } from '@hems/shared/queries/query-client';
import type { ReactNode } from 'react';
import { App } from '../app.tsx';
import { endOnDevice, readSeed, writeSeed } from '../auth/session-seed.ts';
import { storedLanguage } from '../preferences/preferences.tsx';
import { createAppRouter } from '../router.tsx';
import buttons from '../ui/button.module.css';
import { Panel } from '../ui/panel.tsx';
import { readDashboard, restoreAll, type LastDashboard } from './last-dashboard.ts';
import styles from './notices.module.css';

const cut = (): ApiError => new ApiError('unreachable', 'the app was opened without a connection');

const begin = (): void => location.reload();

/** Whoever saw the dashboard last, without any way to ask the service. */
const readerOf = ({ sub }: LastDashboard): AuthPort => ({
  user: { sub },
  signIn: async () => begin(),
  signOut: async () => {
    writeSeed(undefined);
    endOnDevice();
    location.replace('/');
  },
  getAccessToken: async () => Promise.reject(cut()),
});

const call: Call = async () => Promise.reject(cut());

const strip = async (last: LastDashboard, { locale, messages }: Language): Promise<ReactNode> => {
  const { kept } = await offlineTexts(locale);
  return (
    <div className={styles['kept']}>
      <div>
        <p className={styles['title']}>{kept.title(momentText(last.atMs, Date.now(), messages))}</p>
        <p className={styles['text']}>{kept.text}</p>
      </div>
      <button type="button" className={buttons['button']} onClick={begin}>
        {kept.again}
      </button>
    </div>
  );
};

const opened = (last: LastDashboard, language: Language): ReactNode => {
  const queryClient = createQueryClient(begin);
  restoreAll(queryClient, last, cut());
  if (location.pathname === '/') history.replaceState(null, '', last.path);
  return (
    <App language={language} auth={readerOf(last)} call={call} queryClient={queryClient} router={createAppRouter()} />
  );
};

const Nothing = ({ messages: { failure, retry } }: Language): ReactNode => (
  <Panel {...failure.unreachable}>
    <button type="button" className={buttons['main']} onClick={begin}>
      {retry}
    </button>
  </Panel>
);

/** No answer at all, or none in time. */
const isCut = (why: unknown): boolean => why instanceof TypeError || why instanceof DOMException || !navigator.onLine;

/**
 * What an app shows that could not be opened: the last dashboard, or that there is no connection. Undefined where something else is
 * wrong. Somebody else's dashboard is erased, not shown.
 */
export const withoutConnection = async (why: unknown): Promise<ReactNode> => {
  const language = await storedLanguage();
  const last = readDashboard(Date.now(), readSeed()?.sub);
  // Nothing can be half written in a page without a connection.
  addEventListener('online', begin);
  // A sign-out may lie between leaving it and coming back.
  addEventListener('pageshow', ({ persisted }) => persisted && begin());
  if (last !== undefined)
    return (
      <>
        {await strip(last, language)}
        {opened(last, language)}
      </>
    );
  if (!isCut(why)) return undefined;
  return <Nothing {...language} />;
};
