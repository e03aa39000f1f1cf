import { ConditionFailed, type Table } from '../ports/table.ts';
import type { Clock } from '../ports/clock.ts';
import { Refused } from './refusal.ts';
import { isNamed, putApproval, readApproval, type Approval } from './stores/settlement-files.ts';

type Approving = { readonly file: string; readonly report: string; readonly by: string };

/**
 * Makes a partner's settlement file ours to pay: its entries can be withdrawn from now on, and it takes no more of them. A file that
 * no entry names is refused: it is for good, and a name that was mistyped would stay closed.
 */
export const approveFile = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  { file, report, by }: Approving,
): Promise<Approval> => {
  if (!(await isNamed(table, file)))
    throw new Refused('not-found', `no entry stands in a settlement file ${file}; check the name with the partner`);
  const approval: Approval = { report, approvedMs: clock.now(), approvedBy: by };
  try {
    await putApproval(table, file, approval);
    return approval;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  const standing = await readApproval(table, file);
  if (standing?.report !== report)
    throw new Refused('conflict', `settlement file ${file} is approved already, by the report "${standing?.report}"`);
  return standing;
};
