import * as z from 'zod/mini';
import {
  eventRequest,
  name,
  objectId,
  objectType,
  programRequest,
  reportRequest,
  resourceRequest,
  subscriptionRequest,
  venRequest,
} from '@hems/models/openadr/objects';
import type { OpenadrScope } from './scopes.ts';

/** Where OpenADR 3.1.0 is, below the host name of the API. */
export const OPENADR_BASE = '/openadr3/3.1.0';

/**
 * One operation of the VTN. Names and schemas are those of openadr3.yaml 3.1.0 of the OpenADR Alliance, which is the document of this API;
 * `operation` is its operationId.
 */
export type OpenadrRoute<Q extends z.ZodMiniType = z.ZodMiniType, B extends z.ZodMiniType = z.ZodMiniType> = {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** a token needs one of them; null: no token is asked for */
  readonly scopes: readonly OpenadrScope[] | null;
  readonly query: Q;
  readonly body: B;
  /** what it answers is told once and not kept for a repeat */
  readonly holdsSecret?: boolean;
};
const route = <Q extends z.ZodMiniType, B extends z.ZodMiniType>(value: OpenadrRoute<Q, B>): OpenadrRoute<Q, B> =>
  value;

const nothing = z.object({});
/** API Gateway joins the values of a repeated parameter by commas. */
const listed = <T>(item: z.ZodMiniType<T, string>) =>
  z.optional(
    z.pipe(
      z.pipe(
        z.string(),
        z.transform((text: string) => text.split(',')),
      ),
      z.array(item).check(z.maxLength(100)),
    ),
  );
const counted = (check: z.core.$ZodCheck<number>) =>
  z.optional(
    z.pipe(
      z.pipe(
        z.string().check(z.regex(/^\d{1,7}$/)),
        z.transform((text: string) => Number(text)),
      ),
      z.int().check(check),
    ),
  );
/** As many as a list answers at most, and answers when nothing is asked. */
export const PAGE_MAX = 50;
const paging = { skip: counted(z.lte(100_000)), limit: counted(z.lte(PAGE_MAX)) };
const targeted = { targets: listed(name) };

const READ_TARGETS = ['read_all', 'read_targets'] as const;
const READ_OWN = ['read_all', 'read_ven_objects'] as const;

/** The five operations of a kind of object. */
const objectRoutes = <Q extends z.ZodMiniType, B extends z.ZodMiniType>(given: {
  readonly noun: string;
  readonly names: readonly [list: string, create: string, read: string, update: string, remove: string];
  readonly read: readonly OpenadrScope[];
  readonly write: OpenadrScope;
  readonly query: Q;
  readonly body: B;
  /** what create and update answer is told once */
  readonly holdsSecret?: boolean;
}) => {
  const { noun, names, read, write, query, body, holdsSecret = false } = given;
  const [list, create, readOne, update, remove] = names;
  const all = `${OPENADR_BASE}/${noun}s`;
  const one = `${all}/{${noun}ID}`;
  return {
    list: route({ operation: list, method: 'GET', path: all, scopes: read, query, body: nothing }),
    create: route({ operation: create, method: 'POST', path: all, scopes: [write], query: nothing, body, holdsSecret }),
    read: route({ operation: readOne, method: 'GET', path: one, scopes: read, query: nothing, body: nothing }),
    update: route({ operation: update, method: 'PUT', path: one, scopes: [write], query: nothing, body, holdsSecret }),
    remove: route({ operation: remove, method: 'DELETE', path: one, scopes: [write], query: nothing, body: nothing }),
  };
};

export const programRoutes = objectRoutes({
  noun: 'program',
  names: ['searchAllPrograms', 'createProgram', 'searchProgramByProgramId', 'updateProgram', 'deleteProgram'],
  read: READ_TARGETS,
  write: 'write_programs',
  query: z.object({ ...paging, ...targeted }),
  body: programRequest,
});

export const eventRoutes = objectRoutes({
  noun: 'event',
  names: ['searchAllEvents', 'createEvent', 'searchEventsByID', 'updateEvent', 'deleteEvent'],
  read: READ_TARGETS,
  write: 'write_events',
  query: z.object({
    ...paging,
    ...targeted,
    programID: z.optional(objectId),
    active: z.optional(z.enum(['true', 'false'])),
  }),
  body: eventRequest,
});

export const reportRoutes = objectRoutes({
  noun: 'report',
  names: ['searchAllReports', 'createReport', 'searchReportsByReportID', 'updateReport', 'deleteReport'],
  read: READ_OWN,
  write: 'write_reports',
  query: z.object({
    ...paging,
    programID: z.optional(objectId),
    eventID: z.optional(objectId),
    clientName: z.optional(name),
  }),
  body: reportRequest,
});

export const subscriptionRoutes = objectRoutes({
  noun: 'subscription',
  names: [
    'searchSubscriptions',
    'createSubscription',
    'searchSubscriptionByID',
    'updateSubscription',
    'deleteSubscription',
  ],
  read: READ_OWN,
  write: 'write_subscriptions',
  query: z.object({
    ...paging,
    programID: z.optional(objectId),
    clientName: z.optional(name),
    objects: listed(objectType),
  }),
  body: subscriptionRequest,
  holdsSecret: true,
});

export const venRoutes = objectRoutes({
  noun: 'ven',
  names: ['searchVens', 'createVen', 'searchVenByID', 'updateVen', 'deleteVen'],
  read: READ_OWN,
  write: 'write_vens',
  query: z.object({ ...paging, ...targeted, venName: z.optional(name) }),
  body: venRequest,
});

export const resourceRoutes = objectRoutes({
  noun: 'resource',
  names: ['searchVenResources', 'createResource', 'searchVenResourceByID', 'updateVenResource', 'deleteVenResource'],
  read: READ_OWN,
  write: 'write_vens',
  query: z.object({ ...paging, ...targeted, resourceName: z.optional(name), venID: z.optional(objectId) }),
  body: resourceRequest,
});

export const getAuthServerInfo = route({
  operation: 'getAuthServerInfo',
  method: 'GET',
  path: `${OPENADR_BASE}/auth/server`,
  scopes: null,
  query: nothing,
  body: nothing,
});

/** Clients of both roles need to know, so any scope to read will do; the definition names `read_all` alone. */
export const listAllNotifiers = route({
  operation: 'listAllNotifiers',
  method: 'GET',
  path: `${OPENADR_BASE}/notifiers`,
  scopes: ['read_all', 'read_targets', 'read_ven_objects'],
  query: nothing,
  body: nothing,
});

/** The services of OpenADR 2.0b that are translated (docs/openadr.md). */
export const OPENADR_2B_BASE = '/OpenADR2/Simple/2.0b';
export const eiEvent = route({
  operation: 'EiEvent',
  method: 'POST',
  path: `${OPENADR_2B_BASE}/EiEvent`,
  scopes: ['read_targets'],
  query: nothing,
  body: nothing,
});
export const eiReport = route({
  operation: 'EiReport',
  method: 'POST',
  path: `${OPENADR_2B_BASE}/EiReport`,
  scopes: ['write_reports'],
  query: nothing,
  body: nothing,
});

const routesOf = (noun: ReturnType<typeof objectRoutes>): readonly OpenadrRoute[] => Object.values<OpenadrRoute>(noun);

/** Every route of the HTTP API, by the noun whose Lambda answers it. */
export const openadrContract = {
  programs: routesOf(programRoutes),
  events: routesOf(eventRoutes),
  reports: routesOf(reportRoutes),
  subscriptions: routesOf(subscriptionRoutes),
  vens: routesOf(venRoutes),
  resources: routesOf(resourceRoutes),
  service: [getAuthServerInfo, listAllNotifiers],
  legacy: [eiEvent, eiReport],
} as const satisfies Readonly<Record<string, readonly OpenadrRoute[]>>;

export type OpenadrNoun = keyof typeof openadrContract;
