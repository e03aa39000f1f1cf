import type { Role } from '@hems/models/household/household';
import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { useChangeRole, useEndMembership } from '@hems/shared/queries/members';
import { ROLES, type MemberView } from '@hems/shared/view/members';
import { useState, type ReactNode } from 'react';
import styles from '../settings/settings.module.css';
import { Confirm } from '../ui/confirm.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Choice } from '../ui/field.tsx';
import form from '../ui/field.module.css';

type Props = { readonly member: MemberView; readonly householdId: string; readonly s: SettingsTexts };

/** Another role and taking somebody out, each asked once more. */
const Change = ({ member, householdId, s }: Props): ReactNode => {
  const { members: m } = s;
  const [role, setRole] = useState<Role>(member.role);
  const changing = useChangeRole(householdId);
  const ending = useEndMembership(householdId);
  return (
    <div className={form['form']}>
      <Choice
        label={m.roleOf(member.name)}
        hint={m.may[role]}
        choices={ROLES.map((value) => ({ value, text: m.role[value] }))}
        chosen={role}
        onChoose={setRole}
      />
      {role !== member.role && (
        <Confirm
          key={role}
          label={s.save}
          tone="main"
          text={role === 'owner' ? m.makeOwner : m.newRole(m.role[role])}
          words={s}
          action={changing}
          onConfirm={() => changing.run({ personId: member.personId, role })}
        />
      )}
      <Confirm
        label={m.takeOut}
        tone="button"
        text={m.takeOutText(member.name)}
        words={s}
        action={ending}
        onConfirm={() => ending.run(member.personId)}
      />
    </div>
  );
};

export const MemberRow = ({ member, householdId, s }: Props): ReactNode => (
  <li className={styles['row']}>
    <div className={styles['head']}>
      <p className={styles['name']}>
        <bdi>{member.name}</bdi>
        {member.isSelf && ` (${s.members.self})`}
      </p>
      <span className={styles['tag']}>{member.roleText}</span>
    </div>
    <p className={styles['sub']}>{member.mayText}</p>
    {member.isChangeable && (
      <Disclosure summary={s.manage} name={s.manageOf(member.name)}>
        <Change key={member.role} member={member} householdId={householdId} s={s} />
      </Disclosure>
    )}
  </li>
);
