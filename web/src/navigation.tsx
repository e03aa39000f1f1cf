import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOwn } from './household/use-own.ts';
import { useMessages } from './preferences/preferences.tsx';
import styles from './navigation.module.css';
import { BarsIcon, BulbIcon, GiftIcon, HomeIcon, PeopleIcon } from './ui/icons.tsx';

/** The tabs of a home, and the parts of its addresses that each stands for. */
const TABS = [
  { name: 'dashboard', to: '/households/$householdId', parts: [''], Icon: HomeIcon },
  { name: 'energy', to: '/households/$householdId/energy', parts: ['energy', 'bill'], Icon: BarsIcon },
  { name: 'assistant', to: '/households/$householdId/assistant/{-$page}', parts: ['assistant'], Icon: BulbIcon },
  { name: 'community', to: '/households/$householdId/community', parts: ['community'], Icon: PeopleIcon },
  { name: 'rewards', to: '/households/$householdId/rewards', parts: ['rewards'], Icon: GiftIcon },
] as const;

/** The main screens of a home: a bar at the bottom of a phone, in the head of a wide window. */
export const Navigation = (props: { readonly householdId: string }): ReactNode => {
  const { nav } = useMessages();
  const householdId = useOwn(props.householdId);
  const [, place, , part = ''] = useLocation().pathname.split('/');
  if (householdId === undefined) return null;
  return (
    <nav className={styles['nav']} aria-label={nav.label}>
      {TABS.map(({ name, to, parts, Icon }) => (
        <Link
          key={name}
          to={to}
          // left out, the page that one is on would be kept
          params={{ householdId, page: undefined }}
          className={styles['tab']}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-current={place === 'households' && parts.some((one) => one === part) ? 'page' : undefined}
        >
          <Icon />
          <span>{nav[name]}</span>
        </Link>
      ))}
    </nav>
  );
};
