import type { NoticeSettings } from '@hems/shared/api/inbox';
import type { Household } from '@hems/shared/api/session';
import type { InboxTexts } from '@hems/shared/i18n/ko/inbox';
import { useSetNoticeSettings } from '@hems/shared/queries/inbox';
import { homeName } from '@hems/shared/view/home-name';
import { CHANNELS, kindRows, withChannel } from '@hems/shared/view/notice-settings';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import grid from '../settings/settings.module.css';
import { NextIcon } from '../ui/arrow-icons.tsx';
import { SaveForm } from './save-form.tsx';
import styles from './inbox.module.css';

type Props = {
  readonly settings: NoticeSettings;
  readonly households: readonly Household[];
  readonly s: InboxTexts;
};

/** Kind by kind, which way it goes; what needs a consent says so, and where to give it. */
export const KindsForm = ({ settings, households, s }: Props): ReactNode => {
  const { settings: w } = s;
  const t = useMessages();
  const [kinds, setKinds] = useState(settings.kinds);
  const action = useSetNoticeSettings();
  return (
    <SaveForm action={action} s={w} onSave={() => action.run({ ...settings, kinds })}>
      <table className={styles['matrix']}>
        <thead>
          <tr>
            <th scope="col">{w.kind}</th>
            {CHANNELS.map((channel) => (
              <th key={channel} scope="col">
                {w.channel[channel]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kindRows(kinds, s).map(({ kind, name, cells }) => (
            <tr key={kind}>
              <th scope="row">{name}</th>
              {cells.map(({ channel, label, on, fixed }) => (
                <td key={channel}>
                  <label className={styles['cell']}>
                    <input
                      type="checkbox"
                      aria-label={label}
                      checked={on}
                      disabled={fixed}
                      onChange={() => setKinds(withChannel(kinds, kind, channel))}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <p className={grid['sub']}>{w.securityNote}</p>
        <p className={grid['sub']}>{w.analysisNote}</p>
        <p className={grid['sub']}>{w.marketingNote}</p>
      </div>
      <div>
        {households.map((home) => (
          <Link
            key={home.householdId}
            to="/households/$householdId/settings/{-$page}"
            params={{ householdId: home.householdId, page: 'consents' }}
            className={grid['link']}
          >
            <span>{w.consents(homeName(home, t))}</span>
            <NextIcon />
          </Link>
        ))}
      </div>
    </SaveForm>
  );
};
