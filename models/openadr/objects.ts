import * as z from 'zod/mini';
import { durationMs, instantMs } from './duration.ts';
import { wrongInEvent, wrongInReport } from './payloads.ts';

/**
 * The objects of OpenADR 3.1.0 (openadr3.yaml of the OpenADR Alliance, Apache-2.0), as clients send them. Properties that are not named are
 * dropped (Definition, Model Extension); the metadata among them is the server's. Lists are bounded, which the definition leaves open.
 */
const OBJECT_TYPES = ['PROGRAM', 'EVENT', 'REPORT', 'SUBSCRIPTION', 'VEN', 'RESOURCE'] as const;
export const objectType = z.enum(OBJECT_TYPES);
export type ObjectType = z.infer<typeof objectType>;

export const objectId = z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,128}$/));
export const name = z.string().check(z.minLength(1), z.maxLength(128));
const LIST_MAX = 100;
const targets = z.array(name).check(z.maxLength(LIST_MAX));
const nullish = <S extends z.ZodMiniType>(schema: S) => z.nullish(schema);

const dateTime = z.string().check(
  z.maxLength(40),
  z.refine((text) => instantMs(text) !== undefined, { error: 'not an RFC 3339 instant such as 2026-06-15T09:30:00Z' }),
);
const duration = z.string().check(
  z.maxLength(40),
  z.refine((text) => durationMs(text) !== undefined, {
    error: 'not an ISO 8601 duration in weeks, days, hours, minutes and seconds, or P9999Y',
  }),
);
export const intervalPeriod = z.object({
  start: nullish(dateTime),
  duration: nullish(duration),
  randomizeStart: nullish(duration),
});
export type IntervalPeriod = z.infer<typeof intervalPeriod>;

const TEXT_MAX = 2000;
const point = z.object({ x: z.number(), y: z.number() });
const valuesMap = z.object({
  type: name,
  values: z
    .array(z.union([z.number(), z.string().check(z.maxLength(TEXT_MAX)), z.boolean(), point]))
    .check(z.maxLength(400)),
});
export type ValuesMap = z.infer<typeof valuesMap>;
const attributes = nullish(z.array(valuesMap).check(z.maxLength(LIST_MAX)));

/** As many as quarter hours of four days. */
const INTERVALS_MAX = 400;
const intervalsOf = (wrongIn: (payload: ValuesMap) => string | undefined) => {
  const payload = valuesMap.check((context) => {
    const message = wrongIn(context.value);
    if (message !== undefined) context.issues.push({ code: 'custom', message, input: context.value, path: ['values'] });
  });
  const interval = z.object({
    id: z.int(),
    intervalPeriod: nullish(intervalPeriod),
    payloads: z.array(payload).check(z.minLength(1), z.maxLength(20)),
  });
  return z.array(interval).check(z.maxLength(INTERVALS_MAX));
};
const eventIntervals = intervalsOf(wrongInEvent);
export type Interval = z.infer<typeof eventIntervals>[number];

const units = nullish(name);
const eventPayloadDescriptor = z.object({
  objectType: z.literal('EVENT_PAYLOAD_DESCRIPTOR'),
  payloadType: name,
  units,
  currency: nullish(name),
});
const reportPayloadDescriptor = z.object({
  objectType: z.literal('REPORT_PAYLOAD_DESCRIPTOR'),
  payloadType: name,
  readingType: nullish(name),
  units,
  accuracy: nullish(z.number()),
  confidence: nullish(z.int().check(z.gte(0), z.lte(100))),
});
const int32 = z.int().check(z.gte(-1), z.lte(2_147_483_647));
const reportDescriptor = z.object({
  payloadType: name,
  readingType: nullish(name),
  units,
  targets: nullish(targets),
  aggregate: z.optional(z.boolean()),
  startInterval: z.optional(int32),
  numIntervals: z.optional(int32),
  historical: z.optional(z.boolean()),
  frequency: z.optional(int32),
  repeat: z.optional(int32),
  reportIntervals: z.optional(z.enum(['INTERVALS', 'SUB_INTERVALS', 'OPEN_INTERVALS'])),
});
const listOf = <S extends z.ZodMiniType>(schema: S) => nullish(z.array(schema).check(z.maxLength(LIST_MAX)));
const label = nullish(z.string().check(z.maxLength(256)));
const url = z.string().check(z.minLength(2), z.maxLength(2000));

export const programRequest = z.object({
  programName: name,
  intervalPeriod: nullish(intervalPeriod),
  programDescriptions: listOf(z.object({ URL: url })),
  payloadDescriptors: listOf(z.union([eventPayloadDescriptor, reportPayloadDescriptor])),
  attributes,
  targets: nullish(targets),
});
export type ProgramRequest = z.infer<typeof programRequest>;

export const eventRequest = z.object({
  programID: objectId,
  eventName: label,
  duration: nullish(duration),
  priority: nullish(z.int().check(z.gte(0))),
  targets: nullish(targets),
  reportDescriptors: listOf(reportDescriptor),
  payloadDescriptors: listOf(eventPayloadDescriptor),
  intervalPeriod: nullish(intervalPeriod),
  intervals: nullish(eventIntervals),
});
export type EventRequest = z.infer<typeof eventRequest>;

export const reportRequest = z.object({
  eventID: objectId,
  clientName: name,
  reportName: label,
  payloadDescriptors: listOf(reportPayloadDescriptor),
  resources: z
    .array(
      z.object({
        resourceName: name,
        intervalPeriod: nullish(intervalPeriod),
        intervals: intervalsOf(wrongInReport),
      }),
    )
    .check(z.maxLength(LIST_MAX)),
});
export type ReportRequest = z.infer<typeof reportRequest>;

export const OPERATIONS = ['CREATE', 'READ', 'UPDATE', 'DELETE'] as const;
export type Operation = (typeof OPERATIONS)[number];
export const subscriptionRequest = z.object({
  clientName: name,
  programID: nullish(objectId),
  objectOperations: z
    .array(
      z.object({
        objects: z.array(objectType).check(z.minLength(1), z.maxLength(6)),
        operations: z.array(z.enum(OPERATIONS)).check(z.minLength(1), z.maxLength(4)),
        callbackUrl: url,
        bearerToken: nullish(z.string().check(z.maxLength(4096), z.regex(/^[\u0021-\u007e]*$/))),
      }),
    )
    .check(z.minLength(1), z.maxLength(15)),
  targets: nullish(targets),
});
export type SubscriptionRequest = z.infer<typeof subscriptionRequest>;

export const venRequest = z.discriminatedUnion('objectType', [
  z.object({ objectType: z.literal('VEN_VEN_REQUEST'), venName: name, attributes }),
  z.object({
    objectType: z.literal('BL_VEN_REQUEST'),
    clientID: name,
    targets: nullish(targets),
    venName: name,
    attributes,
  }),
]);
export type VenRequest = z.infer<typeof venRequest>;

export const resourceRequest = z.discriminatedUnion('objectType', [
  z.object({ objectType: z.literal('VEN_RESOURCE_REQUEST'), resourceName: name, venID: objectId, attributes }),
  z.object({
    objectType: z.literal('BL_RESOURCE_REQUEST'),
    clientID: name,
    targets: nullish(targets),
    resourceName: name,
    venID: objectId,
    attributes,
  }),
]);
export type ResourceRequest = z.infer<typeof resourceRequest>;

/** Given by the server; the same for all objects. */
const metadata = <T extends ObjectType>(type: T) => ({
  id: objectId,
  createdDateTime: z.string(),
  modificationDateTime: z.string(),
  objectType: z.literal(type),
});
/** Whose it is: the OAuth client that made it, or that the business side made it for. */
const owned = { clientID: name };

export const program = z.extend(programRequest, metadata('PROGRAM'));
export type Program = z.infer<typeof program>;
export const event = z.extend(eventRequest, metadata('EVENT'));
export type Event = z.infer<typeof event>;
export const report = z.extend(reportRequest, { ...metadata('REPORT'), ...owned });
export type Report = z.infer<typeof report>;
export const subscription = z.extend(subscriptionRequest, { ...metadata('SUBSCRIPTION'), ...owned });
export type Subscription = z.infer<typeof subscription>;
export const ven = z.object({ ...metadata('VEN'), ...owned, targets: nullish(targets), venName: name, attributes });
export type Ven = z.infer<typeof ven>;
export const resource = z.object({
  ...metadata('RESOURCE'),
  ...owned,
  targets: nullish(targets),
  resourceName: name,
  venID: objectId,
  attributes,
});
export type Resource = z.infer<typeof resource>;

export type ObjectOf = {
  readonly PROGRAM: Program;
  readonly EVENT: Event;
  readonly REPORT: Report;
  readonly SUBSCRIPTION: Subscription;
  readonly VEN: Ven;
  readonly RESOURCE: Resource;
};
export type OpenadrObject = ObjectOf[ObjectType];
export const OBJECTS: { readonly [T in ObjectType]: z.ZodMiniType<ObjectOf[T]> } = {
  PROGRAM: program,
  EVENT: event,
  REPORT: report,
  SUBSCRIPTION: subscription,
  VEN: ven,
  RESOURCE: resource,
};
