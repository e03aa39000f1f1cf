import { recordedPayments } from '../../adapters/embedded/recorded-payments.ts';
import { aSettling } from '../../testing/ledger.ts';
import { bothBalances } from '../../use-cases/audit-balances.ts';
import { aNoticeWorld } from '../../testing/notice-world.ts';
import { aDispatch, aWebhookWorld, OFFICE } from '../../testing/webhook-world.ts';
import { aWorld, NOON } from '../../testing/world.ts';
import { askPayout } from '../../use-cases/ask-payout.ts';
import { decidePayout } from '../../use-cases/decide-payout.ts';
import { CALL_MS, dispatchPayouts } from '../../use-cases/dispatch-payouts.ts';
import { settle } from '../../use-cases/stores/ledger.ts';
import { readPayout } from '../../use-cases/stores/payouts.ts';
import { createEndpoint, listEndpoints } from '../../use-cases/webhooks/endpoints.ts';
import { sendDue } from '../../use-cases/notices/send-due.ts';
import { notify } from '../../use-cases/notices/notify.ts';
import { sweepWebhooks } from '../../use-cases/webhooks/sweep.ts';
import { tellPartner } from '../../use-cases/webhooks/tell-partner.ts';
import { type Through, type Trial, type PortCase, householdId, OWNER, MINUTE_MS, same } from './port-trial.ts';

const aPaidHome = async (through: { bus?: Through; payments?: Through }): Promise<Trial> => {
  const world = await aWorld();
  const { table, clock } = world;
  await settle(world, aSettling(), {});
  await askPayout(world, OWNER, { payoutId: 'payout-1', unit: 'won', amount: 1000 });
  await decidePayout(world, { householdId, payoutId: 'payout-1' }, { decision: 'approve', by: 'staff' });
  const rail = recordedPayments({ clock });
  const deps = { ...world, bus: (through.bus ?? same)(world.bus), payments: (through.payments ?? same)(rail) };
  return {
    act: async () => {
      const report = await dispatchPayouts(deps);
      if (report.unanswered > 0) throw new Error(`the rail did not answer: ${report.reasons.join()}`);
    },
    later: () => world.clock.set(clock.now() + CALL_MS),
    state: async () => {
      const { kept, addedUp } = await bothBalances(table, householdId);
      const found = await readPayout(table, { householdId, payoutId: 'payout-1' });
      const told = new Set(world.said.map(({ detail }) => detail['key']));
      return {
        paid: rail.lines().length,
        state: found?.payout.state,
        waits: found?.waits,
        told: told.size,
        kept,
        addedUp,
      };
    },
  };
};

const aToldPartner = async (through: { queue?: Through; http?: Through }): Promise<Trial> => {
  const world = await aWebhookWorld();
  const { ref } = await world.addEndpoint();
  const deps = {
    ...world.deps,
    webhooks: (through.queue ?? same)(world.deps.webhooks),
    http: (through.http ?? same)(world.deps.http),
  };
  return {
    act: async () => {
      await tellPartner(deps, {
        partnerId: OFFICE,
        type: 'event.dispatched',
        key: 'event-1',
        data: aDispatch('event-1'),
      });
      await sweepWebhooks(deps);
      await world.work(deps);
    },
    later: () => world.set(world.clock.now() + 10 * MINUTE_MS),
    state: async () => ({
      deliveries: (await world.log(ref.endpointId)).map(({ state, deliveryId }) => [state, deliveryId]),
      heard: [
        ...new Set(
          world.received.map(({ headers, body }) => `${headers['webhook-id']} ${body.replaceAll(/"atMs":\d+/g, '')}`),
        ),
      ],
    }),
  };
};

const aTellingHome = async (through: { mailer?: Through; push?: Through }): Promise<Trial> => {
  const world = await aNoticeWorld();
  await world.addPerson('owner');
  await world.allChannels('owner', 'unusual-use');
  const deps = {
    ...world.deps,
    mailer: (through.mailer ?? same)(world.deps.mailer),
    push: (through.push ?? same)(world.deps.push),
  };
  const facts = { date: '2026-11-22', toHour: 12, usedWh: 6400, usualWh: 1200 };
  return {
    act: async () => {
      await notify(deps, { type: 'usage.unusual', detail: { householdId, atMs: NOON, key: 'once', facts } });
      await sendDue(deps);
    },
    later: () => world.clock.set(world.clock.now() + 30 * MINUTE_MS),
    state: async () => ({
      inbox: (await world.inbox('owner')).length,
      mails: new Set(world.mails.map(({ id }) => id)).size,
      pushes: new Set(world.pushes.map(({ message }) => message.tag)).size,
    }),
  };
};

/** Ports that pay and that tell people and partners. */
export const TELLING_CASES: Readonly<Record<string, PortCase>> = {
  'event-bus': { does: 'tells a household that it was paid', open: async (bus) => await aPaidHome({ bus }) },
  payments: { does: 'pays a household', open: async (payments) => await aPaidHome({ payments }) },
  queue: { does: 'has a partner told of an event', open: async (queue) => await aToldPartner({ queue }) },
  'http-out': {
    does: 'tells a partner of an event',
    absorbed: true,
    open: async (http) => await aToldPartner({ http }),
  },
  mailer: { does: 'writes to a resident', absorbed: true, open: async (mailer) => await aTellingHome({ mailer }) },
  push: { does: 'wakes the phone of a resident', absorbed: true, open: async (push) => await aTellingHome({ push }) },
  keys: {
    does: 'keeps the secret of a new endpoint sealed',
    open: async (through) => {
      const world = await aWebhookWorld();
      const deps = { ...world.deps, keys: through(world.deps.keys) };
      const wanted = {
        url: 'https://office.example/hook',
        types: ['event.dispatched'],
        endpointId: 'endpoint-1',
      } as const;
      return {
        act: async () => await createEndpoint(deps, OFFICE, wanted),
        state: async () =>
          (await listEndpoints(world.deps, OFFICE)).map(({ endpointId, status }) => [endpointId, status]),
      };
    },
  },
};
