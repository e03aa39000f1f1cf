import type { NoticeSettings } from '@hems/shared/api/inbox';
import type { Household } from '@hems/shared/api/session';
import type { InboxTexts } from '@hems/shared/i18n/ko/inbox';
import { useSetNoticeSettings } from '@hems/shared/queries/inbox';
import { homeName } from '@hems/shared/view/home-name';
import { budgetDraftOf, budgetsOf } from '@hems/shared/view/notice-settings';
import { useState, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import grid from '../settings/settings.module.css';
import { Field } from '../ui/field.tsx';
import { SaveForm } from './save-form.tsx';

type Props = {
  readonly settings: NoticeSettings;
  readonly households: readonly Household[];
  readonly s: InboxTexts['settings'];
};

/** What a month may cost, home by home; empty: nothing is told. */
export const BudgetForm = ({ settings, households, s }: Props): ReactNode => {
  const [draft, setDraft] = useState(() => budgetDraftOf(settings.budgetWon, households));
  const [faults, setFaults] = useState<readonly string[]>([]);
  const action = useSetNoticeSettings();
  const t = useMessages();
  const save = (): void => {
    const stated = budgetsOf(draft);
    setFaults('faults' in stated ? stated.faults : []);
    if ('budgets' in stated) action.run({ ...settings, budgetWon: stated.budgets });
  };
  if (households.length === 0) return <p className={grid['sub']}>{s.noHomes}</p>;
  return (
    <SaveForm action={action} s={s} onSave={save}>
      <p className={grid['sub']}>{s.budgetLead}</p>
      {households.map(({ householdId, ...home }) => (
        <Field
          key={householdId}
          label={s.budgetOf(homeName(home, t))}
          hint={faults.includes(householdId) ? s.budgetWrong : s.budgetHint}
          isWrong={faults.includes(householdId)}
          inputMode="numeric"
          value={draft[householdId] ?? ''}
          onChange={(won) => setDraft({ ...draft, [householdId]: won })}
        />
      ))}
    </SaveForm>
  );
};
