import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { Suspense, useRef, useState, type ReactNode } from 'react';
import { useAuth } from './auth/auth-context.ts';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { useMessages } from './preferences/preferences.tsx';
import { BoltIcon } from './ui/icons.tsx';
import { lazyOr, Nothing } from './ui/lazy-or.ts';

/** Neither competes with the first screen for the connection or the processor. */
const TOOLS_AFTER_MS = 500;
const NOTICES_AFTER_MS = 1500;
const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const Tools = lazyOr(Nothing, async () => {
  await pause(TOOLS_AFTER_MS);
  return (await import('./frame-tools.tsx')).Tools;
});

/** What the app says about itself. */
const Notices = lazyOr(Nothing, async () => {
  await pause(NOTICES_AFTER_MS);
  return (await import('./offline/notices.tsx')).Notices;
});

/** The screens of a home but joining it, and those of the person that one reaches from there. */
const BESIDE_TABS = /^\/(households\/(?!.*\/onboarding$)|account$|inbox)/;

/** The home one is in, or was in before going to one's account or inbox. */
const useHousehold = (): string | undefined => {
  const { householdId } = useParams({ strict: false });
  const [last, setLast] = useState(householdId);
  if (householdId !== undefined && householdId !== last) setLast(householdId);
  return householdId ?? last;
};

/** What stands on every page: the way home, the screens of a home, and the tools. */
export const Frame = (): ReactNode => {
  const t = useMessages();
  const { user } = useAuth();
  const householdId = useHousehold();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  // Joining goes step by step; the screens of the home come after it.
  const inHome = user !== null && householdId !== undefined && BESIDE_TABS.test(pathname);
  return (
    <>
      <a
        className={styles['skip']}
        href="#content"
        onClick={(event) => {
          // The address stays as it is: it belongs to the screen.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t.skipToContent}
      </a>
      <header className={styles['bar']}>
        <div className={styles['barRow']}>
          <Link to="/" className={styles['brand']}>
            <BoltIcon />
            <span>{t.brand}</span>
          </Link>
          {inHome && <Navigation householdId={householdId} />}
          <div className={styles['tools']}>
            <Suspense>
              <Tools householdId={householdId} />
            </Suspense>
          </div>
        </div>
      </header>
      <main
        ref={main}
        id="content"
        tabIndex={-1}
        className={`${styles['content']} ${inHome ? styles['aboveTabs'] : ''}`}
      >
        <Outlet />
      </main>
      <Suspense>
        <Notices />
      </Suspense>
    </>
  );
};
