/** Something that happened, for whoever listens. `detail` matches the schema of its type in `@hems/shared/events/bus`. */
export type BusEvent = { readonly type: string; readonly detail: Record<string, unknown> };

/** At-least-once, unordered. Resolves when every event has been taken. */
export type EventBus = { publish(events: readonly BusEvent[]): Promise<void> };
