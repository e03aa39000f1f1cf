import type { Household } from '@hems/shared/api/session';
import { errorsTexts } from '@hems/shared/i18n/errors';
import { inboxTexts } from '@hems/shared/i18n/inbox';
import { useNoticeSettings, type SettingsAnswer } from '@hems/shared/queries/inbox';
import { useSession } from '@hems/shared/queries/session';
import { behind, cardOf, isFilled, ready } from '@hems/shared/view/card';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { PreviousIcon } from '../ui/arrow-icons.tsx';
import { Card } from '../ui/card.tsx';
import { BudgetForm } from '../inbox/budget-form.tsx';
import { HoursForm } from '../inbox/hours-form.tsx';
import { KindsForm } from '../inbox/kinds-form.tsx';
import { PushPart } from '../inbox/push-part.tsx';

type CardsProps = { readonly answer: SettingsAnswer; readonly households: readonly Household[] };

const never = (): void => undefined;

/** Each part is saved by itself, on top of what the others were saved as. */
const Cards = ({ answer, households }: CardsProps): ReactNode => {
  const s = useTexts(inboxTexts);
  const { settings } = answer;
  const there = ready(undefined);
  return (
    <>
      <div className={grid['cards']}>
        <Card title={s.settings.push} card={there} className={grid['group']} onRetry={never}>
          {() => <PushPart answer={answer} s={s.settings} />}
        </Card>
        <Card title={s.settings.kinds} card={there} className={grid['group']} onRetry={never}>
          {() => <KindsForm settings={settings} households={households} s={s} />}
        </Card>
      </div>
      <div className={grid['cards']}>
        <Card title={s.settings.when} card={there} className={grid['group']} onRetry={never}>
          {() => <HoursForm settings={settings} s={s.settings} />}
        </Card>
        <Card title={s.settings.budget} card={there} className={grid['group']} onRetry={never}>
          {() => <BudgetForm settings={settings} households={households} s={s.settings} />}
        </Card>
      </div>
    </>
  );
};

/** How notices reach the person: by kind and channel, at which hours, how many, and from which bill on. */
export const NoticeSettingsPage = (): ReactNode => {
  const { settings: s } = useTexts(inboxTexts);
  useTexts(errorsTexts);
  const t = useMessages();
  const client = useQueryClient();
  const session = useSession();
  const card = cardOf(behind(session, useNoticeSettings()), t, ready);
  return (
    <div className={`${grid['grid']} ${grid['columns']} ${grid['person']}`}>
      <h1>{s.title}</h1>
      <Link to="/$page" params={{ page: 'inbox' }} className={`${buttons['quiet']} ${grid['left']}`}>
        <PreviousIcon />
        {s.back}
      </Link>
      <p className={grid['sentence']}>{s.lead}</p>
      {isFilled(card) ? (
        <Cards answer={card.content} households={session.data?.households ?? []} />
      ) : (
        <Card
          title={s.kinds}
          card={card}
          className={grid['list']}
          onRetry={() => void client.refetchQueries({ type: 'active' })}
        >
          {() => null}
        </Card>
      )}
    </div>
  );
};
