import { localDate } from '@hems/models/calendar/seoul';
import type { AutoJoinRule } from '@hems/models/incentive/auto-join';
import { useSetEventRule } from '@hems/shared/queries/events';
import { ready } from '@hems/shared/view/card';
import { ANY, ruleDraftOf, statedRule, type RuleDraft, type RuleFault } from '@hems/shared/view/event-rule';
import type { EventWords } from '@hems/shared/view/event-words';
import { useState, type ReactNode } from 'react';
import { SaveForm } from '../inbox/save-form.tsx';
import { Card } from '../ui/card.tsx';
import { Choice, Field, Tick } from '../ui/field.tsx';
import field from '../ui/field.module.css';
import styles from './events.module.css';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const MOST = [1, 2, 3, 4, 5, 7, 10];

type PartProps = {
  readonly draft: RuleDraft;
  readonly change: (over: Partial<RuleDraft>) => void;
  readonly has: (fault: RuleFault) => boolean;
  readonly words: EventWords;
};

const Minimum = ({ draft, change, has, words: { s } }: PartProps): ReactNode => (
  <div className={styles['pair']}>
    <Field
      label={s.minimumPoints}
      hint={has('points') ? s.minimumWrong : s.minimumHint}
      isWrong={has('points')}
      inputMode="numeric"
      value={draft.points}
      onChange={(points) => change({ points })}
    />
    <Field
      label={s.minimumWon}
      hint={has('won') ? s.minimumWrong : s.minimumHint}
      isWrong={has('won')}
      inputMode="numeric"
      value={draft.won}
      onChange={(won) => change({ won })}
    />
  </div>
);

const Weekdays = ({ draft: { quietWeekdays }, change, words: { s } }: PartProps): ReactNode => (
  <fieldset className={field['group']}>
    <legend>{s.weekdays}</legend>
    <div className={styles['weekdays']}>
      {s.weekday.map((name, day) => (
        <Tick
          key={name}
          label={name}
          checked={quietWeekdays.includes(day)}
          onToggle={() =>
            change({
              quietWeekdays: quietWeekdays.includes(day)
                ? quietWeekdays.filter((one) => one !== day)
                : [...quietWeekdays, day],
            })
          }
        />
      ))}
    </div>
  </fieldset>
);

const Hours = ({ draft, change, has, words: { s } }: PartProps): ReactNode => {
  const hours = HOURS.map((hour) => ({ value: String(hour), text: s.hour(hour) }));
  return (
    <>
      <Tick label={s.quietHours} checked={draft.hasHours} onToggle={() => change({ hasHours: !draft.hasHours })} />
      {draft.hasHours && (
        <div className={styles['pair']}>
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
      {has('hours') && (
        <p role="alert" className={field['wrong']}>
          {s.sameHour}
        </p>
      )}
    </>
  );
};

const Dates = ({ draft, change, has, words: { s } }: PartProps): ReactNode => (
  <>
    <Tick label={s.quietDates} checked={draft.hasDates} onToggle={() => change({ hasDates: !draft.hasDates })} />
    {draft.hasDates && (
      <div className={styles['pair']}>
        <Field
          label={s.firstDay}
          hint={s.dateHint}
          isWrong={false}
          type="date"
          value={draft.from}
          onChange={(from) => change({ from })}
        />
        <Field
          label={s.lastDay}
          hint={has('dates') ? s.dateWrong : s.dateHint}
          isWrong={has('dates')}
          type="date"
          value={draft.to}
          onChange={(to) => change({ to })}
        />
      </div>
    )}
  </>
);

const Conditions = (props: PartProps): ReactNode => {
  const { draft, change, words } = props;
  const { s } = words;
  const most = [
    { value: ANY, text: s.mostAny },
    ...MOST.map((count) => ({ value: String(count), text: s.mostChoice(count) })),
  ];
  return (
    <>
      <Minimum {...props} />
      <Weekdays {...props} />
      <Hours {...props} />
      <Dates {...props} />
      <Choice label={s.most} choices={most} chosen={draft.most} onChoose={(chosen) => change({ most: chosen })} />
    </>
  );
};

type Props = { readonly rule: AutoJoinRule; readonly householdId: string; readonly words: EventWords };

const Form = ({ rule, householdId, words }: Props): ReactNode => {
  const { s } = words;
  const [draft, setDraft] = useState(() => ruleDraftOf(rule, localDate(Date.now())));
  const [faults, setFaults] = useState<readonly RuleFault[]>([]);
  const action = useSetEventRule(householdId);
  const save = (): void => {
    const stated = statedRule(draft);
    setFaults('faults' in stated ? stated.faults : []);
    if ('rule' in stated) action.run(stated.rule);
  };
  const texts = { save: s.save, saving: s.busySaving, saved: s.ruleSaved, notSaved: s.notSavedRule };
  const change = (over: Partial<RuleDraft>): void => setDraft({ ...draft, ...over });
  const has = (fault: RuleFault): boolean => faults.includes(fault);
  return (
    <SaveForm action={action} s={texts} onSave={save}>
      <Tick label={s.ruleOn} checked={draft.isOn} onToggle={() => change({ isOn: !draft.isOn })} />
      {draft.isOn && <Conditions draft={draft} change={change} has={has} words={words} />}
    </SaveForm>
  );
};

/** The conditions under which an invitation is answered with yes for the home. */
export const RuleCard = (props: Props & { readonly mayDecide: boolean }): ReactNode => {
  const { s } = props.words;
  return (
    <Card title={s.rule} card={ready(props.rule)} className={styles['rule']} onRetry={() => undefined}>
      {() => (
        <>
          <p className={styles['sentence']}>{s.ruleLead}</p>
          {props.mayDecide ? <Form {...props} /> : <p className={styles['sub']}>{s.viewer}</p>}
        </>
      )}
    </Card>
  );
};
