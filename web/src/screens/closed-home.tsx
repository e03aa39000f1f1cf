import { pagesTexts } from '@hems/shared/i18n/pages';
import { useSession } from '@hems/shared/queries/session';
import { isUnproven } from '@hems/shared/view/unproven';
import { Link, Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Panel } from '../ui/panel.tsx';

type Props = { readonly householdId: string; readonly error: unknown };

/** A home nobody has proved to live in leads to the proof; somebody else's says why nothing is shown, and the way to one's own. */
export const ClosedHome = ({ householdId, error }: Props): ReactNode => {
  const { denied } = useTexts(pagesTexts);
  const household = useSession().data?.households.find((one) => one.householdId === householdId);
  if (isUnproven(household, error))
    return <Navigate to="/households/$householdId/onboarding" params={{ householdId }} replace />;
  return (
    <Panel title={denied.title} text={denied.text}>
      <Link to="/" className={buttons['main']}>
        {denied.home}
      </Link>
    </Panel>
  );
};
