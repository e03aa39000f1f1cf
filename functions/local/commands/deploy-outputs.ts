import * as z from 'zod';
import { stackOutputs } from '../../adapters/aws/deploy-account.ts';
import { TABLES } from '../../ports/table.ts';
import type { Assembly } from './deploy-assembly.ts';

/** Names of the tables, JSON in one output. */
const tables = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.record(z.enum(TABLES), z.string()));

/** What the stacks tell of themselves; `infra/stacks/*.ts` write these names. */
export const outputs = z.object({
  foundation: z.object({ TelemetryStore: z.enum(['timestream', 'blocks']), OperationsTopic: z.string() }),
  data: z.object({ Tables: tables }),
  web: z.object({ AppId: z.string(), BranchName: z.string(), Url: z.url(), Headers: z.string() }),
  identity: z.object({ Issuer: z.url(), WebClientId: z.string(), StaffClientId: z.string(), SignInUrl: z.url() }),
  api: z.object({ Url: z.url() }),
});
export type StageOutputs = z.infer<typeof outputs>;

export const readOutputs = async ({ region, stage }: Pick<Assembly, 'region' | 'stage'>): Promise<StageOutputs> => {
  const entries = Object.keys(outputs.shape).map(
    async (stack) => [stack, await stackOutputs(region, `hems-${stage}-${stack}`)] as const,
  );
  const parsed = outputs.safeParse(Object.fromEntries(await Promise.all(entries)));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${stage} is not deployed in ${region}, or not whole: ${z.prettifyError(parsed.error)}\nrun npm run deploy -- --stage ${stage}`,
  );
};

/** `/config.json` of the web app: `web/src/config.ts` reads it, and `staff-sign-in.ts`. */
export const webConfig = ({
  identity,
  api,
}: StageOutputs): { issuer: string; clientId: string; staffClientId: string; apiBase: string } => ({
  issuer: identity.Issuer,
  clientId: identity.WebClientId,
  staffClientId: identity.StaffClientId,
  apiBase: api.Url,
});
