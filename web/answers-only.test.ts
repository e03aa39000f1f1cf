import { expect, it } from 'vitest';
import { answersOnlyOf } from './answers-only.ts';

const CONTRACT = `
export const emailAddress = z.string().check(z.email());
export const inviteMember = route({
  name: 'inviteMember',
  method: 'POST',
  path: '/v1/households/{householdId}/invitations',
  auth: 'resident',
  summary: 'Invites, once; { it says }',
  params: householdParams,
  query: nothing,
  body: z.object({ email: emailAddress, body: z.string() }),
  answer: z.object({ body: z.string() }),
});
`;

it('leaves of a route its address and its answer, and marks each schema as one that may go', () => {
  expect(answersOnlyOf('members.ts', CONTRACT)).toBe(`
export const emailAddress = /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.email());
export const inviteMember = /* @__PURE__ */ route({
  name: 'inviteMember',
  method: 'POST',
  path: '/v1/households/{householdId}/invitations',
  auth: 'resident',
  answer: /* @__PURE__ */ z.object({ body: /* @__PURE__ */ z.string() }),
});
`);
});

it('touches nothing else', () => {
  const code = 'export const other = { params: make(), body: "route({ body: z.string() })" };';
  expect(answersOnlyOf('other.ts', code)).toBe(code);
});
