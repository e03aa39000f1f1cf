import type * as z from 'zod/mini';

/** Who may call: anyone; a signed-in resident (membership is checked on every request); staff of the operator; who audits the staff. */
export type Auth = 'public' | 'resident' | 'operator' | 'auditor';

/** One endpoint as a value. Front door, CDK, client, documentation and deny tests are all made from it. */
export type Route<
  Params extends z.ZodMiniType = z.ZodMiniType,
  Query extends z.ZodMiniType = z.ZodMiniType,
  Body extends z.ZodMiniType = z.ZodMiniType,
  Answer extends z.ZodMiniType = z.ZodMiniType,
> = {
  /** operation id, unique: `readUsage` */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** path with `{name}` placeholders, each of them a key of `params` */
  readonly path: string;
  readonly auth: Auth;
  /** of a route of a household: open before its people have proved that they live there. It shows no reading, bill or device */
  readonly beforeProof?: true;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
};

export const route = <
  Params extends z.ZodMiniType,
  Query extends z.ZodMiniType,
  Body extends z.ZodMiniType,
  Answer extends z.ZodMiniType,
>(
  value: Route<Params, Query, Body, Answer>,
): Route<Params, Query, Body, Answer> => value;
