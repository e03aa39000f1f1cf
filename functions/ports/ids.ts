/** Opaque random identifiers, 128 bits, URL-safe. */
export type Ids = { next(): string };
