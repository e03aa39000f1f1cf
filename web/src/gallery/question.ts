/** A question to the service by its name and what it asks for. */
export const questionOf = (name: string, query: Readonly<Record<string, string>>): string =>
  `${name}?${new URLSearchParams(query).toString()}`;
