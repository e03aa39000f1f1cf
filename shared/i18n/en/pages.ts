import type { PagesTexts } from '../ko/pages.ts';

export const en: PagesTexts = {
  signOut: 'Sign out',
  notFound: {
    title: 'This page does not exist',
    text: 'The address may have changed or been mistyped.',
    home: 'To the start',
  },
  denied: {
    title: 'You may not see this home',
    text: 'Only its members can. Ask the owner for an invitation, or go back to your own home.',
    home: 'My home',
  },
};
