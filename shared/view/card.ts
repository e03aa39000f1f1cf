import { ApiError, type ErrorKind } from '../errors/api-error.ts';
import { momentText } from '../format/time.ts';
import type { Messages } from '../i18n/messages.ts';
import { RECENT_MS } from './freshness.ts';

/** What a query knows so far. */
export type Loaded<T> = {
  readonly data: T | undefined;
  /** null: the last attempt did not fail */
  readonly error: unknown;
  /** waiting for a connection */
  readonly paused: boolean;
  /** when `data` arrived, by the clock of this device */
  readonly atMs: number;
  /** until when nothing newer could be had, by the same clock; absent: it could, or every value of `data` tells its own time */
  readonly failedMs?: number;
};

/** A query whose answer may be shown only once another one is known: until then it shares the other's fate. */
export const behind = <T>(gate: Loaded<unknown>, loaded: Loaded<T>): Loaded<T> =>
  gate.data === undefined ? { ...gate, data: undefined } : loaded;

type Text = { readonly title: string; readonly text: string };

/** A card with something on it. `partial`: some of it is missing or old, and `note` says what. */
export type Filled<Content> =
  | { readonly state: 'ready'; readonly content: Content }
  | { readonly state: 'partial'; readonly content: Content; readonly note: string };
/** A card with nothing to show, and why. */
export type Bare = Text & { readonly state: 'empty' | 'error' | 'offline' | 'no-permission' };
export type Card<Content> = Filled<Content> | Bare | { readonly state: 'loading' };

export const isFilled = <Content>(card: Card<Content>): card is Filled<Content> =>
  card.state === 'ready' || card.state === 'partial';

export const ready = <Content>(content: Content): Filled<Content> => ({ state: 'ready', content });
/** With a note the card is partial, without one it is complete. */
export const filled = <Content>(content: Content, note: string | undefined): Filled<Content> =>
  note === undefined ? ready(content) : { state: 'partial', content, note };
export const empty = (text: Text): Bare => ({ state: 'empty', ...text });

/** What went wrong, in the words of the contract; anything unforeseen counts as the service failing. */
export const errorKindOf = (error: unknown): ErrorKind => (error instanceof ApiError ? error.kind : 'unavailable');

const DENIED: readonly ErrorKind[] = ['no-permission', 'not-found'];
export const isDenied = (error: unknown): boolean => error !== null && DENIED.includes(errorKindOf(error));

const failure = (error: unknown, t: Messages): Bare => {
  const kind = errorKindOf(error);
  const state = isDenied(error) ? 'no-permission' : kind === 'unreachable' ? 'offline' : 'error';
  return { state, ...t.failure[kind] };
};

/** Behind the time of its last failure by more than a few polls, an answer is shown only with the time at which it arrived. */
const lateNote = ({ error, paused, atMs, failedMs = atMs }: Loaded<unknown>, t: Messages): string | undefined =>
  (error !== null || paused) && failedMs - atMs >= RECENT_MS ? t.late(momentText(atMs, failedMs, t)) : undefined;

const withNote = <Content>(card: Card<Content>, note: string | undefined): Card<Content> =>
  note === undefined || !isFilled(card)
    ? card
    : filled(card.content, card.state === 'partial' ? `${card.note} ${note}` : note);

/**
 * The card of a query: what it has is shown even when the last attempts failed, with its time once it is old, except to somebody who
 * may not see it.
 */
export const cardOf = <T, Content>(loaded: Loaded<T>, t: Messages, show: (data: T) => Card<Content>): Card<Content> => {
  if (isDenied(loaded.error)) return failure(loaded.error, t);
  if (loaded.data !== undefined) return withNote(show(loaded.data), lateNote(loaded, t));
  if (loaded.error !== null) return failure(loaded.error, t);
  return loaded.paused ? { state: 'offline', ...t.failure.unreachable } : { state: 'loading' };
};
