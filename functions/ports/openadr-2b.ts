import type { Event } from '@hems/models/openadr/objects';

/** What a VEN of OpenADR 2.0b sends to the two services that are translated. Times are epoch ms. */
export type Message2b =
  | {
      readonly kind: 'oadrRequestEvent';
      readonly requestId: string;
      readonly venId: string;
      readonly replyLimit?: number;
    }
  | {
      readonly kind: 'oadrCreatedEvent';
      readonly requestId: string;
      readonly venId: string;
      readonly responses: readonly { readonly eventId: string; readonly optType: 'optIn' | 'optOut' }[];
    }
  | {
      readonly kind: 'oadrRegisterReport';
      readonly requestId: string;
      readonly venId: string;
      readonly points: readonly Point2b[];
    }
  | {
      readonly kind: 'oadrUpdateReport';
      readonly requestId: string;
      readonly venId: string;
      readonly reports: readonly Report2b[];
    };

/** One quantity that a VEN can report, as it registers it. */
export type Point2b = {
  readonly specifierId: string;
  readonly rId: string;
  readonly reportType: string;
  readonly readingType: string;
  readonly resourceId: string;
};
export type Report2b = {
  readonly reportId: string;
  readonly specifierId: string;
  readonly intervals: readonly {
    readonly startMs: number;
    readonly durationMs: number;
    readonly rId: string;
    readonly value: number;
    readonly quality?: string;
  }[];
};

type Done = { readonly requestId: string; readonly code: number; readonly description: string };
export type Answer2b =
  | {
      readonly kind: 'oadrDistributeEvent';
      readonly requestId: string;
      readonly venId: string;
      readonly events: readonly Event[];
      readonly nowMs: number;
    }
  | (Done & { readonly kind: 'oadrResponse' | 'oadrUpdatedReport'; readonly venId: string })
  | (Done & { readonly kind: 'oadrRegisteredReport'; readonly venId: string; readonly points: readonly Point2b[] });

/** Not a message of these services, or one that is not well-formed, too deep or too large. */
export class Unreadable2b extends Error {
  override readonly name = 'Unreadable2b';
}

/** The XML of OpenADR 2.0b: `oadrPayload` around one message. */
export type Openadr2b = { read(xml: string): Message2b; write(answer: Answer2b): string };
