import type { NoticeSettings } from '@hems/shared/api/inbox';
import type { InboxTexts } from '@hems/shared/i18n/ko/inbox';
import { useSetNoticeSettings } from '@hems/shared/queries/inbox';
import { hoursDraftOf, hoursOf, type HoursFault } from '@hems/shared/view/notice-settings';
import { useState, type ReactNode } from 'react';
import grid from '../settings/settings.module.css';
import { Choice, Field, Tick } from '../ui/field.tsx';
import field from '../ui/field.module.css';
import { SaveForm } from './save-form.tsx';
import styles from './inbox.module.css';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

type Props = { readonly settings: NoticeSettings; readonly s: InboxTexts['settings'] };

/** Quiet hours in Korean time, and how many messages a week are borne. */
export const HoursForm = ({ settings, s }: Props): ReactNode => {
  const [draft, setDraft] = useState(() => hoursDraftOf(settings));
  const [fault, setFault] = useState<HoursFault>();
  const action = useSetNoticeSettings();
  const change = (over: Partial<typeof draft>): void => setDraft({ ...draft, ...over });
  const save = (): void => {
    const stated = hoursOf(draft);
    setFault('fault' in stated ? stated.fault : undefined);
    if ('hours' in stated) action.run({ ...settings, ...stated.hours });
  };
  const hours = HOURS.map((hour) => ({ value: String(hour), text: s.hour(hour) }));
  return (
    <SaveForm action={action} s={s} onSave={save}>
      <div>
        <Tick label={s.quiet} checked={draft.isQuiet} onToggle={() => change({ isQuiet: !draft.isQuiet })} />
        <p className={grid['sub']}>{s.quietHint}</p>
      </div>
      {draft.isQuiet && (
        <div className={styles['hours']}>
          <Choice
            label={s.from}
            choices={hours}
            chosen={String(draft.fromHour)}
            onChoose={(hour) => change({ fromHour: Number(hour) })}
          />
          <Choice
            label={s.to}
            choices={hours}
            chosen={String(draft.toHour)}
            onChoose={(hour) => change({ toHour: Number(hour) })}
          />
        </div>
      )}
      {fault === 'hours' && (
        <p role="alert" className={field['wrong']}>
          {s.sameHour}
        </p>
      )}
      <Field
        label={s.cap}
        hint={fault === 'cap' ? s.capWrong : s.capHint}
        isWrong={fault === 'cap'}
        inputMode="numeric"
        value={draft.cap}
        onChange={(cap) => change({ cap })}
      />
    </SaveForm>
  );
};
