import { assistantTexts } from '@hems/shared/i18n/assistant';
import { empty } from '@hems/shared/view/card';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { NextStep } from '../ui/next-step.tsx';

/** Nothing is analysed before the household has agreed: what that means, and where to do it. */
export const ConsentNeeded = ({ householdId }: { readonly householdId: string }): ReactNode => {
  const s = useTexts(assistantTexts);
  return (
    <NextStep
      card={
        <Card title={s.title} card={empty(s.noConsent)} className={undefined} onRetry={() => undefined}>
          {() => null}
        </Card>
      }
    >
      <Link
        to="/households/$householdId/settings/{-$page}"
        params={{ householdId, page: 'consents' }}
        className={buttons['main']}
      >
        {s.noConsent.open}
      </Link>
    </NextStep>
  );
};
