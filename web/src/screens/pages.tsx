import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NotFound } from './not-found.tsx';
import { SignedInOnly } from './signed-in-only.tsx';

/** For whoever is signed in, by their address. */
const OWN = {
  join: lazyRouteComponent(async () => import('./join.tsx'), 'Join'),
  account: lazyRouteComponent(async () => import('./account.tsx'), 'AccountPage'),
  inbox: lazyRouteComponent(async () => import('./inbox.tsx'), 'InboxPage'),
  'inbox/settings': lazyRouteComponent(async () => import('./notice-settings.tsx'), 'NoticeSettingsPage'),
  'erase-account': lazyRouteComponent(async () => import('./erase-account.tsx'), 'EraseAccountPage'),
};

/** For anybody: an invitation says itself what to do without a sign-in. */
const OPEN = {
  invitations: lazyRouteComponent(async () => import('./invitation.tsx'), 'InvitationPage'),
  unsubscribe: lazyRouteComponent(async () => import('./unsubscribe.tsx'), 'UnsubscribePage'),
  'erasures/*': lazyRouteComponent(async () => import('./receipt.tsx'), 'ReceiptPage'),
};

/** The last part of a receipt's address is its id. */
const nameOf = ({ page = '', part }: { readonly page?: string; readonly part?: string }): string =>
  part === undefined ? page : `${page}/${page === 'erasures' ? '*' : part}`;

const isOwn = (name: string): name is keyof typeof OWN => Object.hasOwn(OWN, name);
const isOpen = (name: string): name is keyof typeof OPEN => Object.hasOwn(OPEN, name);

/** The pages that belong to no home, by their address. */
export const Page = (): ReactNode => {
  const name = nameOf(useParams({ strict: false }));
  if (isOpen(name)) {
    const Open = OPEN[name];
    return <Open />;
  }
  if (!isOwn(name)) return <NotFound />;
  const Own = OWN[name];
  return (
    <SignedInOnly>
      <Own />
    </SignedInOnly>
  );
};
