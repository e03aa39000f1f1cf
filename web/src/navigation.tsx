import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from './preferences/preferences.tsx';
import styles from './navigation.module.css';
import { BarsIcon, BoltIcon, BulbIcon, GiftIcon, PeopleIcon, ReceiptIcon } from './ui/icons.tsx';

const SCREENS = [
  { name: 'dashboard', to: '/households/$householdId', Icon: BoltIcon },
  { name: 'energy', to: '/households/$householdId/energy', Icon: BarsIcon },
  { name: 'bill', to: '/households/$householdId/bill', Icon: ReceiptIcon },
  { name: 'assistant', to: '/households/$householdId/assistant/{-$page}', Icon: BulbIcon },
  { name: 'rewards', to: '/households/$householdId/rewards', Icon: GiftIcon },
  { name: 'community', to: '/households/$householdId/community', Icon: PeopleIcon },
] as const;

/** The main screens of a home: a bar at the bottom of a phone, in the head of a wide window. */
export const Navigation = ({ householdId }: { readonly householdId: string }): ReactNode => {
  const { nav } = useMessages();
  return (
    <nav className={styles['nav']} aria-label={nav.label}>
      {SCREENS.map(({ name, to, Icon }) => (
        <Link
          key={name}
          to={to}
          // left out, the page that one is on would be kept
          params={{ householdId, page: undefined }}
          className={styles['tab']}
          activeOptions={{ exact: name === 'dashboard', includeSearch: false }}
        >
          <Icon />
          <span>{nav[name]}</span>
        </Link>
      ))}
    </nav>
  );
};
