import { todayTexts } from '@hems/shared/i18n/today';
import { useToday } from '@hems/shared/queries/days';
import { behind } from '@hems/shared/view/card';
import { serverNow } from '@hems/shared/view/live-tail';
import { usualNow } from '@hems/shared/view/now';
import { againstUsual } from '@hems/shared/view/today-saving';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import type { LaterProps } from './later.tsx';
import styles from './tiles.module.css';

const SIGN = { above: '▲ ', below: '▼ ', same: '' };

/** The power now against that of the same hour on usual days, where both are known. */
export const Usual = ({ householdId, session, live, deviceMs }: LaterProps): ReactNode => {
  const s = useTexts(todayTexts);
  const today = behind(session, useToday(householdId)).data;
  const usualW = usualNow(today, serverNow(live, deviceMs));
  const usual = againstUsual(live.data?.live.load.powerW, usualW, { s });
  return (
    usual && (
      <p className={styles['usual']} data-usual={usual.direction}>
        <span aria-hidden="true">{SIGN[usual.direction]}</span>
        {usual.text}
      </p>
    )
  );
};
