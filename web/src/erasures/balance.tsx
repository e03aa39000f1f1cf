import type { PrivacyTexts } from '@hems/shared/i18n/ko/privacy';
import { useSettleErasure } from '@hems/shared/queries/erasures';
import type { BalanceView } from '@hems/shared/view/receipt';
import type { ReactNode } from 'react';
import grid from '../settings/settings.module.css';
import { Confirm } from '../ui/confirm.tsx';
import styles from './erasures.module.css';

type Props = {
  readonly erasureId: string;
  readonly balance: BalanceView;
  readonly s: PrivacyTexts['receipt']['balance'];
};

/** What is left to be paid, and the two things that can become of it. */
export const Balance = ({ erasureId, balance, s }: Props): ReactNode => {
  const paying = useSettleErasure(erasureId);
  const givingUp = useSettleErasure(erasureId);
  return (
    <section className={`${styles['balance']} ${styles['noPrint']}`} aria-label={s.title}>
      <h3>{s.title}</h3>
      <dl className={styles['facts']}>
        {balance.amounts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {balance.pay === undefined ? (
        <p className={grid['sub']}>{s.wait}</p>
      ) : (
        <Confirm
          label={s.pay}
          tone="main"
          text={balance.pay}
          words={s}
          action={paying}
          onConfirm={() => paying.run('pay')}
        />
      )}
      <Confirm
        label={s.forfeit}
        tone="button"
        text={balance.forfeit}
        words={s}
        action={givingUp}
        onConfirm={() => givingUp.run('forfeit')}
      />
    </section>
  );
};
