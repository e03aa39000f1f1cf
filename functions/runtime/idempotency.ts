import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import type { ResponseHook } from '@aws-lambda-powertools/idempotency/types';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { ANSWER_HEADERS } from '@hems/shared/http/web-headers';
import type { Clock } from '../ports/clock.ts';
import { ConditionFailed, type Condition, type Item, type Table } from '../ports/table.ts';
import { Refused } from '../use-cases/refusal.ts';
import {
  IDEMPOTENCY_KEPT_S,
  idempotencyKey,
  rememberedAnswer,
  type RememberedAnswer,
} from '../use-cases/stores/idempotency.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Answer = APIGatewayProxyStructuredResultV2;

const answerSchema = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  body: z.string(),
});

/** An item takes 256 kB; what a write answers is far below that. */
const ANSWER_MAX_BYTES = 200_000;
const ATTEMPTS = 5;
/** In place of an answer that is not kept. */
const NOT_KEPT: Answer = {
  statusCode: 409,
  headers: { 'content-type': 'application/problem+json', ...ANSWER_HEADERS },
  body: JSON.stringify({
    type: 'about:blank',
    title: 'In conflict with the present state',
    status: 409,
    code: 'answer-not-kept',
    detail:
      'this was carried out; its answer, which was too large or held a secret, is not kept: read what has become of it',
  }),
};

const inProgress = (): Refused =>
  new Refused('conflict', 'the same request is being carried out; send it again in a second', 'in-progress');
const mismatch = (): Refused =>
  new Refused(
    'conflict',
    'another request was sent with this Idempotency-Key within the last day; choose a new key for a new request',
    'idempotency-mismatch',
  );

const asReplayed: ResponseHook = (answer) => {
  const { headers, ...rest } = answerSchema.parse(answer);
  return { ...rest, headers: { ...headers, 'idempotent-replayed': 'true' } };
};

/** A function lives a quarter of an hour at most. */
const LONGEST_MS = 16 * 60_000;
/** Lambda may end a function a little after its time. */
const MARGIN_MS = 1000;

const asRead = (item: Item | undefined): Condition => (item ? { version: item.version } : { absent: true });
/** Of the same request, begun before. */
const effectOf = (before: RememberedAnswer | undefined, request: string): string | undefined =>
  before?.status === 'INPROGRESS' && before.request === request ? before.effect : undefined;

const recordOf = (key: string, { status, request, ...rest }: RememberedAnswer): IdempotencyRecord =>
  new IdempotencyRecord({
    idempotencyKey: key,
    status,
    payloadHash: request,
    ...('answer' in rest && { responseData: answerSchema.parse(rest.answer) }),
  });

/**
 * Powertools' idempotency on our `Table`, by our clock: one for each request, because it remembers which version of the item is its own.
 * Whoever was overtaken after its time was up can neither answer for nor delete what its successor does.
 */
class TablePersistence extends BasePersistenceLayer {
  readonly #deps: Deps;
  readonly #partnerId: string;
  readonly #untilMs: number;
  readonly #keeps: boolean;
  #version = 0;
  #request = '';
  #effect: string;

  constructor(
    deps: Deps,
    {
      partnerId,
      leaseMs,
      keeps,
      newEffect = randomUUID(),
    }: Omit<Once, 'key' | 'request' | 'context'> & { readonly leaseMs: number },
  ) {
    super();
    this.#effect = newEffect;
    this.#deps = deps;
    this.#partnerId = partnerId;
    this.#keeps = keeps;
    this.#untilMs = deps.clock.now() + leaseMs;
  }

  /** of what is carried out now */
  get effect(): string {
    return this.#effect;
  }

  #keyOf(hash: string) {
    return idempotencyKey(this.#partnerId, hash.slice(hash.indexOf('#') + 1));
  }

  async #write(hash: string, data: RememberedAnswer, condition: Condition): Promise<void> {
    const expiresAt = Math.floor(this.#deps.clock.now() / 1000) + IDEMPOTENCY_KEPT_S;
    await this.#deps.table.put({ ...this.#keyOf(hash), data, expiresAt, if: condition });
    this.#version = ('absent' in condition ? 0 : condition.version) + 1;
  }

  protected override async _putRecord({ idempotencyKey: key, payloadHash = '' }: IdempotencyRecord): Promise<void> {
    this.#request = payloadHash;
    for (let attempt = 1; ; attempt += 1) {
      const item = await this.#deps.table.get(this.#keyOf(key));
      const before = item && rememberedAnswer.parse(item.data);
      if (before && !this.#isLost(before, payloadHash))
        throw new IdempotencyItemAlreadyExistsError('taken', recordOf(key, before));
      this.#effect = effectOf(before, payloadHash) ?? this.#effect;
      try {
        await this.#write(key, this.#began(this.#untilMs), asRead(item));
        return;
      } catch (error) {
        // somebody was faster: what they wrote is read anew
        if (!(error instanceof ConditionFailed) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  #began(untilMs: number): RememberedAnswer {
    return { status: 'INPROGRESS', request: this.#request, untilMs, effect: this.#effect };
  }

  /** Begun for the same request by one that was ended before it answered; or, for whatever request, by one that failed. */
  #isLost(before: RememberedAnswer, request: string): boolean {
    const nowMs = this.#deps.clock.now();
    // no function lives so long: the clock was set back since
    const isAhead = before.status === 'INPROGRESS' && before.untilMs > nowMs + LONGEST_MS;
    if (before.status !== 'INPROGRESS' || (before.untilMs > nowMs && !isAhead)) return false;
    return before.untilMs === 0 || before.request === request;
  }

  protected override async _getRecord(key: string): Promise<IdempotencyRecord> {
    const item = await this.#deps.table.get(this.#keyOf(key));
    if (!item) throw new IdempotencyItemNotFoundError('gone');
    return recordOf(key, rememberedAnswer.parse(item.data));
  }

  protected override async _updateRecord(record: IdempotencyRecord): Promise<void> {
    const { idempotencyKey: key, payloadHash = '', responseData } = record;
    const isLarge = Buffer.byteLength(JSON.stringify(responseData)) > ANSWER_MAX_BYTES;
    const answer: unknown = isLarge || !this.#keeps ? NOT_KEPT : responseData;
    const version = this.#version;
    await this.#write(key, { status: 'COMPLETED', request: payloadHash, answer }, { version });
  }

  /** It may be sent again. What failed may have had its effect all the same, so the name of that is kept. */
  protected override async _deleteRecord({ idempotencyKey: key }: IdempotencyRecord): Promise<void> {
    await this.#write(key, this.#began(0), { version: this.#version }).catch((error: unknown) => {
      if (!(error instanceof ConditionFailed)) throw error;
    });
  }
}

export type Once = {
  readonly partnerId: string;
  /** the Idempotency-Key that the partner chose */
  readonly key: string;
  /** everything that makes this request another than others */
  readonly request: Readonly<Record<string, string>>;
  readonly context: Context;
  /** whether the answer may be kept for a repeat */
  readonly keeps: boolean;
  /** names the effect, unless the request was begun before; random where it is not said */
  readonly newEffect?: string;
};

/**
 * Carries a request out once for its key: the same request again within a day has the same answer again, another one under the same key
 * is refused, and so is one whose like is being carried out. What was refused or failed is not remembered and may be sent again. `act` is told a
 * name of its effect, which is the same for whoever carries on after an end or a failure: it makes under that name what may be there once only.
 */
export const once = async (deps: Deps, asked: Once, act: (effect: string) => Promise<Answer>): Promise<Answer> => {
  const { key, request, context } = asked;
  const leaseMs = Math.ceil(context.getRemainingTimeInMillis()) + MARGIN_MS;
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'key',
    payloadValidationJmesPath: 'request',
    throwOnNoIdempotencyKey: true,
    hashFunction: 'sha256',
    responseHook: asReplayed,
  });
  // what it says of time is not used: our clock decides
  config.registerLambdaContext(context);
  const persistenceStore = new TablePersistence(deps, { ...asked, leaseMs });
  const carriedOut = makeIdempotent(async (_payload: unknown) => act(persistenceStore.effect), {
    persistenceStore,
    config,
    dataIndexArgument: 0,
  });
  try {
    return answerSchema.parse(await carriedOut({ key, request }));
  } catch (error) {
    if (error instanceof IdempotencyAlreadyInProgressError) throw inProgress();
    if (error instanceof IdempotencyValidationError) throw mismatch();
    throw error;
  }
};
