import { payoutOfKey } from '@hems/models/ledger/payout';
import {
  approveFile,
  askPayout,
  confirmCredit,
  decidePayout,
  listPayouts,
  readEvidence,
  readReconciliation,
  readRewards,
  recordPayment,
} from '@hems/shared/api/rewards';
import { endpoint, http } from '../runtime/http.ts';
import { clock, pause, payments, table } from '../runtime/ports.ts';
import { recordStaff } from '../runtime/staff-access.ts';
import { approveFile as approve } from '../use-cases/approve-file.ts';
import { askPayout as ask } from '../use-cases/ask-payout.ts';
import { confirmCredit as confirm } from '../use-cases/confirm-credit.ts';
import { decidePayout as decide } from '../use-cases/decide-payout.ts';
import { listPayouts as list } from '../use-cases/list-payouts.ts';
import { recompute } from '../use-cases/programmes/recompute.ts';
import { readEvidence as evidence } from '../use-cases/read-evidence.ts';
import { readRewards as read } from '../use-cases/read-rewards.ts';
import { reconcilePayments } from '../use-cases/reconcile-payments.ts';
import { recordPayment as record } from '../use-cases/record-payment.ts';
import { Refused } from '../use-cases/refusal.ts';
import { viewPayout } from '../use-cases/view-payout.ts';

const ledger = async () => ({ table: await table(), clock: await clock(), pause });

export const handler = http([
  endpoint(readRewards, async ({ params, query }) => read(await ledger(), { ...params, ...query })),
  endpoint(readEvidence, async ({ params: { householdId, entryId } }) =>
    // an entry id holds `#`, which a path must escape; some gateways hand it on escaped
    evidence({ ...(await ledger()), recompute }, { householdId, entryId: entryId.replaceAll('%23', '#') }),
  ),
  endpoint(askPayout, async ({ body, member }) => {
    if (!member) throw new Refused('forbidden', 'you are not a member of this household');
    return viewPayout(await ask(await ledger(), member, body));
  }),
  endpoint(listPayouts, async ({ query, caller }) => {
    const { payouts, cursor } = await list(await table(), query);
    const rows = payouts.map((one) => ({ ...viewPayout(one), householdId: one.householdId }));
    await recordStaff(caller, { of: rows, what: 'payouts-listed', why: `payouts ${query.state}` });
    return { payouts: rows, cursor };
  }),
  endpoint(decidePayout, async ({ params, body, caller }) => {
    await recordStaff(caller, {
      of: [params],
      what: 'payout-decided',
      why: `${body.decision} payout ${params.payoutId}`,
    });
    return viewPayout(await decide(await ledger(), params, { ...body, by: caller.sub }));
  }),
  endpoint(recordPayment, async ({ params, body, caller }) => {
    await recordStaff(caller, {
      of: [params],
      what: 'payment-recorded',
      why: `payout ${params.payoutId} ${body.outcome}`,
    });
    const { unit, amount, state } = await record(await ledger(), params, { ...body, by: caller.sub });
    return { payoutId: params.payoutId, unit, amount, state };
  }),
  endpoint(confirmCredit, async ({ params, body, caller }) => {
    await recordStaff(caller, {
      of: [params],
      what: 'credit-confirmed',
      why: `${body.programme} ${body.period}, report ${body.report}`,
    });
    return { balances: await confirm(await ledger(), { ...params, ...body, by: caller.sub }) };
  }),
  endpoint(approveFile, async ({ params: { file }, body, caller }) => {
    const { report, approvedMs } = await approve(await ledger(), { file, ...body, by: caller.sub });
    return { file, report, approvedMs };
  }),
  endpoint(readReconciliation, async ({ query, caller }) => {
    const { won, points } = await reconcilePayments({ table: await table(), payments: await payments() }, query);
    await recordStaff(caller, {
      of: [...won.differences, ...points.differences].flatMap(({ key }) => payoutOfKey(key) ?? []),
      what: 'payments-compared',
      why: `payments from ${query.from} to ${query.to}`,
    });
    return { ...query, won, points };
  }),
]);
