import { offlineTexts } from '@hems/shared/i18n/offline';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';
import { readChoice, writeChoice } from '../preferences/stored.ts';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { installOffer } from './install-offer.ts';
import { KEPT } from './kept.ts';
import { keepDashboard } from './keep-dashboard.ts';
import { readDashboard } from './last-dashboard.ts';
import styles from './notices.module.css';
import { openWorker, type NewVersion } from './worker.ts';

const INSTALL = 'hems.install';

/** Safari on a phone or tablet: it installs by hand only, and says whether the page runs as an app. */
const installsByHand = (): boolean => 'standalone' in navigator && navigator.standalone === false;

type Shown = {
  readonly title: string;
  readonly text: string;
  readonly button?: string;
  readonly onPress?: () => void;
  readonly onLater: () => void;
};

const Notice = ({ title, text, button, onPress, onLater }: Shown): ReactNode => {
  const s = useTexts(offlineTexts);
  const titleId = useId();
  return (
    <section className={styles['notice']} aria-labelledby={titleId}>
      <output>
        <span id={titleId} className={styles['title']}>
          {title}
        </span>
        <span className={styles['text']}>{text}</span>
      </output>
      <div className={styles['actions']}>
        {button !== undefined && (
          <button type="button" className={buttons['main']} onClick={onPress}>
            {button}
          </button>
        )}
        <button type="button" className={buttons['button']} onClick={onLater}>
          {s.later}
        </button>
      </div>
    </section>
  );
};

/** Offered on a dashboard that was seen here before, until it is answered. */
const useInstall = (): Shown | undefined => {
  const s = useTexts(offlineTexts).install;
  const [returning] = useState(() => localStorage.getItem(KEPT) !== null);
  const [answered, setAnswered] = useState(() => readChoice(INSTALL, ['answered']) !== undefined);
  const { householdId } = useParams({ strict: false });
  if (!returning || answered || householdId === undefined) return undefined;
  const answer = (): void => {
    writeChoice(INSTALL, 'answered');
    setAnswered(true);
  };
  const offer = installOffer();
  const common = { title: s.title, onLater: answer };
  if (offer === undefined) return installsByHand() ? { ...common, text: `${s.text} ${s.byHand}` } : undefined;
  const install = (): void => {
    answer();
    offer.prompt().catch(reportError);
  };
  return { ...common, text: s.text, button: s.button, onPress: install };
};

/** What makes the page an app that can be installed. Browsers ask for it early where the page itself names it, before anything that is seen. */
const nameManifest = (): void => {
  const link = Object.assign(document.createElement('link'), { rel: 'manifest', href: '/manifest.webmanifest' });
  document.head.append(link);
};

/** What the app has to say about itself, one thing at a time. It also keeps the app and its last dashboard for when there is no connection. */
export const Notices = (): ReactNode => {
  const s = useTexts(offlineTexts).newVersion;
  const client = useQueryClient();
  const sub = useAuth().user?.sub;
  const [reload, setReload] = useState<NewVersion>();
  const install = useInstall();
  useEffect(() => {
    if (sub !== undefined) return keepDashboard(client, sub);
    // Where nobody signs in again, reading erases what is too old.
    readDashboard(Date.now());
    return undefined;
  }, [client, sub]);
  useEffect(nameManifest, []);
  useEffect(() => openWorker((ready) => setReload(() => ready)), []);
  if (reload) return <Notice {...s} onPress={reload} onLater={() => setReload(undefined)} />;
  return install && <Notice {...install} />;
};
