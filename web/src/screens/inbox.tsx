import { errorsTexts } from '@hems/shared/i18n/errors';
import { inboxTexts } from '@hems/shared/i18n/inbox';
import { noticesTexts } from '@hems/shared/i18n/notices';
import { useInbox, useMarkRead } from '@hems/shared/queries/inbox';
import { useSession } from '@hems/shared/queries/session';
import { ready } from '@hems/shared/view/card';
import { bannerOf } from '@hems/shared/view/household';
import { inboxCard, type InboxView } from '@hems/shared/view/inbox';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from '../inbox/inbox.module.css';
import { NoticeRow } from '../inbox/notice-row.tsx';
import head from '../household/head.module.css';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { useMinute } from '../ui/use-minute.ts';

type ListProps = { readonly inbox: InboxView; readonly more: (() => void) | undefined };

const SETTINGS = { page: 'inbox', part: 'settings' };
/** As many as one request may name. */
const AT_ONCE = 100;

const Notices = ({ inbox: { notices, unread }, more }: ListProps): ReactNode => {
  const s = useTexts(inboxTexts);
  const { run, state, error } = useMarkRead();
  const waiting = notices.filter(({ isUnread }) => isUnread).map(({ noticeId }) => noticeId);
  return (
    <>
      <div className={styles['top']}>
        <p className={styles['count']}>{unread > 0 ? s.unread(unread) : s.allRead}</p>
        {waiting.length > 0 && (
          <button
            type="button"
            className={buttons['button']}
            aria-disabled={state === 'busy'}
            onClick={() => {
              if (state !== 'busy') run(waiting.slice(0, AT_ONCE));
            }}
          >
            {s.markAll}
          </button>
        )}
      </div>
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      <ul>
        {notices.map((notice) => (
          <NoticeRow key={notice.noticeId} notice={notice} s={s} onOpen={() => run([notice.noticeId])} />
        ))}
      </ul>
      {more ? (
        <button type="button" className={`${buttons['button']} ${grid['start']}`} onClick={more}>
          {s.more}
        </button>
      ) : (
        <p className={grid['sub']}>{s.kept}</p>
      )}
    </>
  );
};

/** What the person was told, newest first. */
export const InboxPage = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(inboxTexts), notices: useTexts(noticesTexts) };
  useTexts(errorsTexts);
  const nowMs = useMinute();
  const client = useQueryClient();
  const { pages, more } = useInbox();
  const households = useSession().data?.households ?? [];
  const banner = bannerOf(pages, words.t);
  return (
    <div className={`${grid['grid']} ${grid['columns']} ${grid['uneven']} ${grid['person']}`}>
      <h1>{words.s.title}</h1>
      {banner !== undefined && <output className={head['banner']}>{banner}</output>}
      <Card
        title={words.s.list}
        card={inboxCard(pages, { nowMs, households }, words)}
        className={styles['inbox']}
        onRetry={() => void client.refetchQueries({ type: 'active' })}
      >
        {(inbox) => <Notices inbox={inbox} more={more} />}
      </Card>
      <Card title={words.s.toSettings} card={ready(undefined)} className={grid['group']} onRetry={() => undefined}>
        {() => (
          <>
            <p className={grid['sentence']}>{words.s.settingsText}</p>
            <Link to="/$page/$part" params={SETTINGS} className={`${buttons['button']} ${grid['start']}`}>
              {words.s.openSettings}
            </Link>
          </>
        )}
      </Card>
    </div>
  );
};
