import * as z from 'zod';
import type { Answered, VtnClient } from './openadr-check-vtn.ts';

/** What a VTN of OpenADR 3.1 has to do, as this check looks at it. */
export type Step = {
  readonly area: string;
  readonly what: string;
  /** `ok`, `skipped`, or what came instead */
  readonly result: string;
};
export type Vtn = {
  readonly bl: VtnClient;
  /** absent: what an end node sees is not looked at */
  readonly ven?: VtnClient;
  readonly nobody: VtnClient;
  /** client id of the end node */
  readonly venClient?: string;
  /** an address that echoes; absent: no subscription is made */
  readonly callback?: string;
  /** makes names of this run unique */
  readonly run: string;
};

const object = z.looseObject({ id: z.string() });
const META = z.looseObject({
  id: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  createdDateTime: z.string(),
  modificationDateTime: z.string(),
  objectType: z.string(),
});
const PROBLEM = z.looseObject({ status: z.int(), title: z.string() });
const LIST = z.array(META);

const idOf = ({ body }: Answered): string => object.safeParse(body).data?.id ?? 'none';
const idsOf = ({ body }: Answered): string[] => LIST.safeParse(body).data?.map(({ id }) => id) ?? ['no list'];
const targetsOf = ({ body }: Answered): string =>
  JSON.stringify(z.looseObject({ targets: z.array(z.string()).nullish() }).safeParse(body).data?.targets ?? []);

const want = (got: unknown, wanted: unknown): string =>
  JSON.stringify(got) === JSON.stringify(wanted) ? 'ok' : `${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`;
const isProblem = ({ status, body }: Answered, wanted: number): string => {
  const parsed = PROBLEM.safeParse(body);
  if (status !== wanted) return `${status} instead of ${wanted}`;
  return parsed.success && parsed.data.status === wanted ? 'ok' : 'the body is no problem object with title and status';
};

type Note = (area: string, what: string, result: string) => void;

const HOUR = { start: '2026-11-30T09:00:00Z', duration: 'PT1H' };
const eventOf = (programID: string, over: object = {}) => ({
  programID,
  eventName: 'check',
  intervalPeriod: HOUR,
  intervals: [{ id: 0, payloads: [{ type: 'SIMPLE', values: [1] }] }],
  ...over,
});

/** Create, read, update, delete of one kind; answers the id that is left. */
const crud = async (
  { bl }: Vtn,
  note: Note,
  { noun, body, changed }: { readonly noun: string; readonly body: object; readonly changed: object },
): Promise<string> => {
  const created = await bl({
    method: 'POST',
    path: `/${noun}`,
    body: { ...body, id: 'mine', createdDateTime: '2000-01-01T00:00:00Z' },
  });
  note(noun, 'POST answers 201', want(created.status, 201));
  note(
    noun,
    'metadata are the server’s',
    META.safeParse(created.body).success && idOf(created) !== 'mine' ? 'ok' : 'they are not',
  );
  const path = `/${noun}/${idOf(created)}`;
  note(noun, 'GET by id answers what was created', want(idOf(await bl({ path })), idOf(created)));
  const updated = await bl({ method: 'PUT', path, body: changed });
  note(noun, 'PUT answers 200 and keeps the id', want([updated.status, idOf(updated)], [200, idOf(created)]));
  note(noun, 'a list holds it', idsOf(await bl({ path: `/${noun}` })).includes(idOf(created)) ? 'ok' : 'it does not');
  note(
    noun,
    'a body without what is required is a problem, 400',
    isProblem(await bl({ method: 'POST', path: `/${noun}`, body: {} }), 400),
  );
  note(noun, 'an unknown id is a problem, 404', isProblem(await bl({ path: `/${noun}/none-such` }), 404));
  return idOf(created);
};

const gone = async ({ bl }: Vtn, note: Note, path: string): Promise<void> => {
  const noun = path.split('/')[1] ?? '';
  note(noun, 'DELETE answers 200 with the object', want((await bl({ method: 'DELETE', path })).status, 200));
  note(noun, 'what was deleted is not there', isProblem(await bl({ path }), 404));
};

const doors = async ({ nobody, bl }: Vtn, note: Note): Promise<void> => {
  note('auth', 'without a token nothing is answered, 401', want((await nobody({ path: '/programs' })).status, 401));
  note(
    'auth',
    'notifiers say that webhooks are there',
    want(z.looseObject({ WEBHOOK: z.literal(true) }).safeParse((await bl({ path: '/notifiers' })).body).success, true),
  );
  note(
    'bad input',
    'what is no JSON is a problem, 400',
    isProblem(await bl({ method: 'POST', path: '/programs', raw: '{' }), 400),
  );
  note('bad input', 'a limit over 50 is a problem, 400', isProblem(await bl({ path: '/programs?limit=51' }), 400));
};

const filters = async ({ bl }: Vtn, note: Note, [programID, other]: readonly [string, string]): Promise<void> => {
  const made = [];
  for (const over of [
    { targets: ['a'] },
    { targets: ['b'] },
    { intervalPeriod: { start: '2020-01-01T00:00:00Z', duration: 'PT1H' } },
  ])
    made.push(idOf(await bl({ method: 'POST', path: '/events', body: eventOf(programID, over) })));
  const [a = '', b = '', past = ''] = made;
  const of = async (query: string): Promise<string[]> =>
    idsOf(await bl({ path: `/events?programID=${programID}&${query}` }));
  note('filters', 'targets=a finds the event of a alone', want(await of('targets=a'), [a]));
  note(
    'filters',
    'targets=a&targets=b finds both',
    want((await of('targets=a&targets=b')).toSorted(), [a, b].toSorted()),
  );
  note('filters', 'active=true leaves out what is over', want((await of('active=true')).includes(past), false));
  note(
    'filters',
    'another programID finds none of them',
    want(idsOf(await bl({ path: `/events?programID=${other}` })), []),
  );
  const all = await of('');
  note(
    'filters',
    'skip and limit cut the same list',
    want([...(await of('limit=2')), ...(await of('skip=2&limit=1'))], all.slice(0, 3)),
  );
  for (const id of made) await bl({ method: 'DELETE', path: `/events/${id}` });
};

type WithVen = Vtn & Required<Pick<Vtn, 'ven' | 'venClient'>>;

const reports = async ({ bl, ven, venClient }: WithVen, note: Note, eventID: string): Promise<void> => {
  const report = { eventID, clientName: 'check', resources: [] };
  const reported = await ven({ method: 'POST', path: '/reports', body: { ...report, clientID: 'somebody-else' } });
  note(
    'reports',
    'clientID is stamped from the token',
    want(z.looseObject({ clientID: z.string() }).safeParse(reported.body).data?.clientID, venClient),
  );
  note('reports', 'eventID finds it', want(idsOf(await bl({ path: `/reports?eventID=${eventID}` })), [idOf(reported)]));
  note(
    'reports',
    'business logic does not write reports',
    isProblem(await bl({ method: 'POST', path: '/reports', body: report }), 403),
  );
  note(
    'reports',
    'DELETE answers 200',
    want((await ven({ method: 'DELETE', path: `/reports/${idOf(reported)}` })).status, 200),
  );
};

const resources = async (vtn: WithVen, note: Note, own: string): Promise<void> => {
  const { bl, ven, venClient } = vtn;
  const resource = { objectType: 'BL_RESOURCE_REQUEST', clientID: venClient, venID: own, resourceName: 'meter' };
  const made = await bl({ method: 'POST', path: '/resources', body: resource });
  note('resources', 'POST answers 201', want(made.status, 201));
  note(
    'resources',
    'its name is unique within the ven, 409',
    isProblem(await bl({ method: 'POST', path: '/resources', body: resource }), 409),
  );
  note('resources', 'venID finds it', want(idsOf(await ven({ path: `/resources?venID=${own}` })), [idOf(made)]));
  await gone(vtn, note, `/resources/${idOf(made)}`);
};

const hiding = async (vtn: Vtn, note: Note, programID: string): Promise<void> => {
  const { bl, ven, venClient, run } = vtn;
  if (!ven || venClient === undefined) return note('privacy', 'what an end node sees', 'skipped');
  const granted = { objectType: 'BL_VEN_REQUEST', clientID: venClient, venName: `check-${run}`, targets: ['seen'] };
  const own = idOf(await bl({ method: 'POST', path: '/vens', body: granted }));
  const event = async (targets: string[]) =>
    idOf(await bl({ method: 'POST', path: '/events', body: eventOf(programID, { targets }) }));
  const [both, foreign] = [await event(['seen', 'secret']), await event(['secret'])];
  const list = async (query: string): Promise<string[]> =>
    idsOf(await ven({ path: `/events?programID=${programID}&${query}` }));
  note(
    'privacy',
    'an event with targets is not seen without naming them',
    want((await list('')).includes(both), false),
  );
  note('privacy', 'a granted target that is named shows it', want(await list('targets=seen'), [both]));
  note('privacy', 'a target that is not granted finds an empty list', want(await list('targets=secret'), []));
  note(
    'privacy',
    'only granted targets are shown',
    want(targetsOf(await ven({ path: `/events/${both}` })), '["seen"]'),
  );
  note('privacy', 'an event of others is not there', isProblem(await ven({ path: `/events/${foreign}` }), 404));
  note(
    'privacy',
    'an end node does not write programs',
    isProblem(await ven({ method: 'POST', path: '/programs', body: { programName: 'x' } }), 403),
  );
  note(
    'privacy',
    'an end node does not grant itself targets',
    isProblem(await ven({ method: 'PUT', path: `/vens/${own}`, body: { ...granted, targets: ['secret'] } }), 403),
  );
  await reports({ ...vtn, ven, venClient }, note, both);
  await resources({ ...vtn, ven, venClient }, note, own);
  await gone(vtn, note, `/vens/${own}`);
  for (const id of [both, foreign]) await bl({ method: 'DELETE', path: `/events/${id}` });
};

const subscriptions = async (vtn: Vtn, note: Note, programID: string): Promise<void> => {
  const { bl, callback } = vtn;
  const of = (callbackUrl: string) => ({
    clientName: 'check',
    programID,
    objectOperations: [{ objects: ['EVENT'], operations: ['CREATE', 'UPDATE', 'DELETE'], callbackUrl }],
  });
  const refused = async (url: string) =>
    isProblem(await bl({ method: 'POST', path: '/subscriptions', body: of(url) }), 400);
  note('subscriptions', 'a callback without TLS is refused', await refused('http://example.com/callback'));
  note('subscriptions', 'a callback on a private address is refused', await refused('https://127.0.0.1/callback'));
  if (callback === undefined) return note('subscriptions', 'a callback that echoes is taken', 'skipped');
  note('subscriptions', 'a callback that does not echo is refused', await refused(`${callback}/silent`));
  const id = await crud(vtn, note, { noun: 'subscriptions', body: of(callback), changed: of(callback) });
  note(
    'subscriptions',
    'objects=EVENT finds it',
    want(idsOf(await bl({ path: '/subscriptions?objects=EVENT' })).includes(id), true),
  );
  await gone(vtn, note, `/subscriptions/${id}`);
};

/** Runs everything and takes away what it made; the steps in the order they were taken. */
export const checkVtn = async (vtn: Vtn): Promise<Step[]> => {
  const steps: Step[] = [];
  const note: Note = (area, what, result) => void steps.push({ area, what, result });
  const { bl, run } = vtn;
  await doors(vtn, note);
  const program = { programName: `check-${run}` };
  const programID = await crud(vtn, note, { noun: 'programs', body: program, changed: program });
  note(
    'programs',
    'its name is unique, 409',
    isProblem(await bl({ method: 'POST', path: '/programs', body: program }), 409),
  );
  const other = idOf(await bl({ method: 'POST', path: '/programs', body: { programName: `check-${run}-other` } }));
  const eventID = await crud(vtn, note, {
    noun: 'events',
    body: eventOf(programID),
    changed: eventOf(programID, { priority: 1 }),
  });
  const wrong = eventOf(programID, { intervalPeriod: { start: 'tomorrow', duration: 'an hour' } });
  note(
    'events',
    'an interval that is none is a problem, 400',
    isProblem(await bl({ method: 'POST', path: '/events', body: wrong }), 400),
  );
  await gone(vtn, note, `/events/${eventID}`);
  await filters(vtn, note, [programID, other]);
  await hiding(vtn, note, programID);
  await subscriptions(vtn, note, programID);
  await bl({ method: 'DELETE', path: `/programs/${other}` });
  await gone(vtn, note, `/programs/${programID}`);
  return steps;
};
