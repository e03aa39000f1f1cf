/** Somebody who can sign in to the local host. The passwords are no secret: the sign-in page shows them. */
export type User = {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly groups: readonly string[];
};

export const OPERATOR: User = {
  sub: 'operator-1',
  email: 'operator@hems.local',
  name: '운영자 (Operator)',
  password: 'operate-hems-1',
  groups: ['operator'],
};

/** Reads what the operator's people did. */
export const AUDITOR: User = {
  sub: 'auditor-1',
  email: 'auditor@hems.local',
  name: '감사자 (Auditor)',
  password: 'audit-hems-1',
  groups: ['auditor'],
};
