import * as z from 'zod/mini';

/** The scopes of OpenADR 3.1.0. `read_all` is the business side's, which sees every object of its VTN; the others are told apart by object. */
export const OPENADR_SCOPES = [
  'read_all',
  'read_targets',
  'read_ven_objects',
  'write_programs',
  'write_events',
  'write_reports',
  'write_subscriptions',
  'write_vens',
] as const;
export const openadrScope = z.enum(OPENADR_SCOPES);
export type OpenadrScope = z.infer<typeof openadrScope>;

/** Identifier of the resource server. Cognito writes it before each scope of a token: `openadr3/read_all`. */
export const RESOURCE_SERVER = 'openadr3';
export const scopeInToken = (scope: OpenadrScope): string => `${RESOURCE_SERVER}/${scope}`;

/** `bl`: business logic, which makes programs and events; `ven`: an end node, which reads and reports. */
export const openadrRole = z.enum(['bl', 'ven']);
export type OpenadrRole = z.infer<typeof openadrRole>;

/** Who may be given which (Definition 3.1.0, Security): events are written by the business side, reports by end nodes. */
export const SCOPES_OF: Readonly<Record<OpenadrRole, readonly OpenadrScope[]>> = {
  bl: ['read_all', 'write_programs', 'write_events', 'write_subscriptions', 'write_vens'],
  ven: ['read_targets', 'read_ven_objects', 'write_reports', 'write_subscriptions', 'write_vens'],
};
