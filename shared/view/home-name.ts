import type { Household } from '../api/session.ts';
import type { Messages } from '../i18n/messages.ts';

/** What a home is called where its demo label stands beside it: the demo homes begin with the same word. */
export const bareName = ({ name, origin }: Pick<Household, 'name' | 'origin'>): string =>
  origin === undefined ? name : name.replace(/^데모 /, '');

/** The name of a home where its demo label does not stand beside it. */
export const homeName = (home: Pick<Household, 'name' | 'origin'>, t: Messages): string =>
  home.origin === undefined ? home.name : `${t.origin.demo} · ${bareName(home)}`;
