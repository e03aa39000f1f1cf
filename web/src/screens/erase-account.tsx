import { errorsTexts } from '@hems/shared/i18n/errors';
import type { PrivacyTexts } from '@hems/shared/i18n/ko/privacy';
import { privacyTexts } from '@hems/shared/i18n/privacy';
import { useEraseAccount, useMembersOf } from '@hems/shared/queries/erasures';
import { useSession } from '@hems/shared/queries/session';
import { isFilled, ready, type Card as CardView } from '@hems/shared/view/card';
import { fatesCard, type FateView } from '@hems/shared/view/erase';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { EraseForm } from '../erasures/erase-form.tsx';
import styles from '../erasures/erasures.module.css';
import { leaveTo } from '../erasures/leave.ts';
import { WhatGoes } from '../erasures/what-goes.tsx';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import grid from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';

const PAGE = '/households/$householdId/settings/{-$page}';

type Words = PrivacyTexts['erase'];

/** What becomes of one home, and what has to be done first where it would be left without an owner. */
const FateRow = ({ fate, s }: { readonly fate: FateView; readonly s: Words['account'] }): ReactNode => (
  <li>
    <p className={grid['name']}>
      <bdi>{fate.name}</bdi>
    </p>
    <p className={fate.fate === 'needs-owner' ? styles['blocked'] : grid['sub']}>{fate.text}</p>
    {fate.fate === 'needs-owner' && (
      <div className={styles['buttons']}>
        <Link to={PAGE} params={{ householdId: fate.householdId, page: 'members' }} className={buttons['button']}>
          {s.chooseOwner}
        </Link>
        <Link to={PAGE} params={{ householdId: fate.householdId, page: 'erase' }} className={buttons['button']}>
          {s.eraseHome}
        </Link>
      </div>
    )}
  </li>
);

type AskProps = { readonly card: CardView<readonly FateView[]>; readonly s: Words };

/** Nothing is asked before it is known what becomes of every home. */
const Ask = ({ card, s }: AskProps): ReactNode => {
  const action = useEraseAccount();
  const begun = useCallback((erasureId: string): void => leaveTo(`/erasures/${erasureId}`), []);
  if (!isFilled(card) && card.state !== 'empty') return null;
  const fates = isFilled(card) ? card.content : [];
  return (
    <Card title={s.account.ask} card={ready(undefined)} className={grid['group']} onRetry={() => undefined}>
      {() =>
        fates.some(({ fate }) => fate === 'needs-owner') ? (
          <p className={grid['sentence']}>{s.account.blocked}</p>
        ) : (
          <EraseForm
            label={s.account.ask}
            action={action}
            s={s}
            homes={fates.filter(({ fate }) => fate === 'goes')}
            onBegun={begun}
          />
        )
      }
    </Card>
  );
};

/** The end of an account: what goes, what becomes of each home, what remains. */
export const EraseAccountPage = (): ReactNode => {
  const words = { t: useMessages(), s: useTexts(privacyTexts) };
  useTexts(errorsTexts);
  const { erase: s } = words.s;
  const client = useQueryClient();
  const session = useSession();
  const members = useMembersOf(session.data?.households.map(({ householdId }) => householdId) ?? []);
  const card = fatesCard(session, members, words);
  return (
    <div className={`${grid['grid']} ${grid['columns']} ${grid['person']}`}>
      <h1>{s.account.title}</h1>
      <div className={grid['cards']}>
        <WhatGoes of={s.account} s={s} />
      </div>
      <div className={grid['cards']}>
        <Card
          title={s.account.homes}
          card={card}
          className={grid['list']}
          onRetry={() => void client.refetchQueries({ type: 'active' })}
        >
          {(fates) => (
            <ul className={styles['fates']}>
              {fates.map((fate) => (
                <FateRow key={fate.householdId} fate={fate} s={s.account} />
              ))}
            </ul>
          )}
        </Card>
        <Ask card={card} s={s} />
      </div>
    </div>
  );
};
