/** The words for a code; what the service itself says where this app does not know the code yet. */
export const wordOf = (words: Readonly<Record<string, string>>, code: string, otherwise: string): string =>
  words[code] ?? otherwise;
