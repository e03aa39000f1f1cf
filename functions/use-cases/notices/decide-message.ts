import { decide, type Decision } from '@hems/models/notices/decide';
import type { MessageChannel } from '@hems/models/notices/kinds';
import type { Notice, NoticeSettings } from '@hems/shared/api/inbox';
import { hasAgreed } from '../privacy/has-consent.ts';
import { toldMsOf, type Sent } from '../stores/notices.ts';
import type { Table } from '../../ports/table.ts';

export type Candidate = {
  readonly sub: string;
  readonly notice: Notice;
  readonly channel: MessageChannel;
  readonly untilMs?: number | undefined;
  readonly settings: NoticeSettings;
  readonly sent: Sent;
};

const agrees = async (
  table: Table,
  { sub, notice: { kind, householdId } }: Candidate,
  nowMs: number,
): Promise<boolean> =>
  kind === 'marketing' &&
  householdId !== null &&
  (await hasAgreed(table, { householdId, sub, purpose: 'marketing', nowMs }));

/** `decide` of the model, with the consent of the person as it is now. */
export const decideMessage = async (table: Table, candidate: Candidate, nowMs: number): Promise<Decision> => {
  const { notice, channel, untilMs, settings, sent } = candidate;
  return decide({
    kind: notice.kind,
    channel,
    preferences: { channels: settings.kinds[notice.kind], quiet: settings.quiet, weeklyCap: settings.weeklyCap },
    nowMs,
    toldMs: toldMsOf(notice.noticeId),
    untilMs,
    sentMs: sent.atMs,
    pushedMs: sent.pushedMs,
    consent: await agrees(table, candidate, nowMs),
  });
};
