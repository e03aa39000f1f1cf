import { inboxTexts } from '@hems/shared/i18n/inbox';
import { useInbox } from '@hems/shared/queries/inbox';
import { unreadOf } from '@hems/shared/view/unread';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Icon } from '../ui/icons.tsx';
import hidden from '../ui/visually-hidden.module.css';
import styles from './bell.module.css';

const HERE = { page: 'inbox' };
const MOST = 99;

/** The way to the inbox, and how much waits there. Fetched after the first screen: no figure of a home waits for it. */
export const Bell = (): ReactNode => {
  const s = useTexts(inboxTexts);
  const unread = unreadOf(useInbox().pages);
  const label = s.bell(unread);
  return (
    <Link to="/$page" params={HERE} className={`${buttons['quiet']} ${styles['bell']}`} title={label}>
      <Icon>
        <path d="M10 3a4.6 4.6 0 0 0-4.6 4.6c0 4-1.7 5.4-1.7 5.4h12.6s-1.7-1.4-1.7-5.4A4.6 4.6 0 0 0 10 3zM8.4 16a1.8 1.8 0 0 0 3.2 0" />
      </Icon>
      <span className={hidden['hidden']}>{label}</span>
      {unread > 0 && (
        <span className={styles['badge']} aria-hidden="true">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </Link>
  );
};
