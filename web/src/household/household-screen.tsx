import { errorsTexts } from '@hems/shared/i18n/errors';
import { useSession } from '@hems/shared/queries/session';
import { codeOf, NO_PROOF } from '@hems/shared/errors/api-error';
import type { Loaded } from '@hems/shared/view/card';
import { bannerOf, householdHead } from '@hems/shared/view/household';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { Closed } from '../screens/closed.tsx';
import { Head } from './head.tsx';
import type { ScreenPath } from './household-switch.tsx';

/** What the cards of a screen need of it. */
export type Gate = {
  /** figures wait for it: it says whether they are those of a demo home */
  readonly session: Loaded<unknown>;
  readonly retry: () => void;
};

type Props = {
  readonly householdId: string;
  readonly title: string;
  readonly screen: ScreenPath;
  /** the query that the screen is about: when it is old, a banner says so */
  readonly main: Loaded<unknown>;
  /** shows no reading, bill or device: open before residence is proved */
  readonly beforeProof?: boolean;
  readonly children: (gate: Gate) => ReactNode;
};

/** A screen of one home beside the dashboard: its title, whose values these are, and nothing of a home that is not one's own. */
export const HouseholdScreen = ({ householdId, title, screen, main, beforeProof, children }: Props): ReactNode => {
  const t = useMessages();
  const client = useQueryClient();
  const session = useSession();
  // What a refused step says comes with the screen: it must not be waited for when it is needed.
  useTexts(errorsTexts);
  const head = householdHead(session, { householdId, beforeProof }, t);
  if (head === undefined || codeOf(main.error) === NO_PROOF)
    return <Closed householdId={householdId} error={main.error} />;
  return (
    <>
      <Head
        householdId={householdId}
        households={head.households}
        screen={screen}
        title={title}
        origin={head.origin}
        banner={bannerOf(main, t)}
      />
      {children({ session, retry: () => void client.refetchQueries({ type: 'active' }) })}
    </>
  );
};
