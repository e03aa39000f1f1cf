import type { InboxTexts } from '@hems/shared/i18n/ko/inbox';
import type { NoticeView } from '@hems/shared/view/inbox';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { NextIcon } from '../ui/arrow-icons.tsx';
import hidden from '../ui/visually-hidden.module.css';
import styles from './inbox.module.css';

type Props = { readonly notice: NoticeView; readonly s: InboxTexts; readonly onOpen: () => void };

/** A plain press; with a key held the browser opens a tab of its own. */
const isPlain = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  !metaKey && !ctrlKey && !shiftKey && !altKey;

/** One notice: it is read once it is opened, and leads to the screen it is about. */
export const NoticeRow = ({ notice, s, onOpen }: Props): ReactNode => {
  const { history } = useRouter();
  const { title, text, when, home, isUnread, path } = notice;
  return (
    <li>
      <a
        href={path}
        className={`${styles['notice']} ${isUnread ? styles['unread'] : ''}`}
        onClick={(event) => {
          if (isUnread) onOpen();
          if (!isPlain(event)) return;
          event.preventDefault();
          history.push(path);
        }}
      >
        <span className={styles['dot']}>{isUnread && <span className={hidden['hidden']}>{s.isNew}</span>}</span>
        <span>
          <span className={styles['title']}>{title}</span>
          <br />
          <span className={styles['text']}>{text}</span>
          <br />
          <span className={styles['when']}>
            {when}
            {home !== undefined && (
              <>
                {' · '}
                <bdi>{home}</bdi>
              </>
            )}
          </span>
        </span>
        <NextIcon />
      </a>
    </li>
  );
};
