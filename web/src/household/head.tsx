import type { Household } from '@hems/shared/api/session';
import { bareName } from '@hems/shared/view/home-name';
import type { OriginLabel } from '@hems/shared/view/origin-label';
import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import styles from './head.module.css';
import { HouseholdSwitch, type ScreenPath } from './household-switch.tsx';
import { Origin } from './origin.tsx';

type Props = {
  readonly householdId: string;
  readonly households: readonly Household[];
  readonly screen: ScreenPath;
  /** undefined: the home itself is the subject, its name the title */
  readonly title?: string;
  readonly origin: OriginLabel | undefined;
  /** why what is shown may be old */
  readonly banner: string | undefined;
  /** at the end of the row: the state of the data */
  readonly children?: ReactNode;
};

type HomeProps = Pick<Props, 'householdId' | 'households' | 'screen'> & { readonly isTitle: boolean };

/** The name of the home, and the choice of another where there is one. */
const Home = ({ isTitle, ...choice }: HomeProps): ReactNode => {
  const t = useMessages();
  const home = choice.households.find(({ householdId }) => householdId === choice.householdId);
  const name = home ? bareName(home) : t.household.loading;
  const shown = isTitle ? <h1 className={styles['name']}>{name}</h1> : <span>{name}</span>;
  return choice.households.length > 1 ? <HouseholdSwitch {...choice}>{shown}</HouseholdSwitch> : shown;
};

/** The head of a screen of a home in one row: its title, which home this is, and whether its figures are those of a demo home. */
export const Head = ({ title, origin, banner, children, ...home }: Props): ReactNode => (
  <div className={styles['head']}>
    <div className={`${styles['row']} ${title === undefined ? '' : styles['screen']}`}>
      {title !== undefined && <h1 className={styles['name']}>{title}</h1>}
      <div className={styles['home']}>
        <Home isTitle={title === undefined} {...home} />
        {origin && <Origin origin={origin} />}
      </div>
      {children}
    </div>
    {banner !== undefined && <output className={styles['banner']}>{banner}</output>}
  </div>
);
