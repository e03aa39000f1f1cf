import { homeTexts } from '@hems/shared/i18n/home';
import { behind } from '@hems/shared/view/card';
import { flowsCard } from '@hems/shared/view/flows';
import { serverNow } from '@hems/shared/view/live-tail';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { Card } from '../ui/card.tsx';
import hidden from '../ui/visually-hidden.module.css';
import cards from './cards.module.css';
import { FlowDrawing } from './flow-drawing.tsx';
import styles from './flows.module.css';
import type { LaterProps } from './later.tsx';

/** Where the power comes from and where it goes, in a home with more than a meter. */
export const FlowsPart = ({ session, live, deviceMs, onRetry }: LaterProps): ReactNode => {
  const t = useMessages();
  const words = { t, s: useTexts(homeTexts) };
  const card = flowsCard(behind(session, live), serverNow(live, deviceMs), words);
  return (
    <Card title={t.later.flows} card={card} className={cards['flows']} onRetry={onRetry}>
      {(flows) => {
        const list = (
          <ul aria-label={t.later.flows} className={styles['list']}>
            {[flows.home, ...flows.parts].map(({ name, sentence }) => (
              <li key={name}>{sentence}</li>
            ))}
          </ul>
        );
        return (
          <>
            <FlowDrawing flows={flows} otherwise={list}>
              <div className={hidden['hidden']}>{list}</div>
            </FlowDrawing>
            {flows.carNote !== undefined && <p className={styles['note']}>{flows.carNote}</p>}
          </>
        );
      }}
    </Card>
  );
};
