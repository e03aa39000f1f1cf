/** Ids in a text, each as a whole: `h-1` is not found in `h-10`. Ids are url-safe, so JSON holds them as they are. */
export type NamedIds = {
  isIn(text: string): boolean;
  /** whether the data are about one of them as a whole: `householdId` of an object that stands in no list */
  isAbout(data: unknown): boolean;
  /** the JSON value without what is filed under one of the ids, and with `erased` wherever else one stands */
  takenOut(data: unknown): unknown;
};

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const namedIds = (ids: readonly string[]): NamedIds => {
  const own = new Set(ids);
  const any = [...own].map((id) => id.replaceAll(SPECIAL, String.raw`\$&`)).join('|');
  // without an id nothing matches
  const pattern = any === '' ? '(?!)' : `(?<![A-Za-z0-9_-])(?:${any})(?![A-Za-z0-9_-])`;
  const one = new RegExp(pattern);
  const all = new RegExp(pattern, 'g');

  const isAbout = (data: unknown): boolean =>
    isObject(data) &&
    Object.entries(data).some(([name, value]) =>
      name === 'householdId' ? typeof value === 'string' && own.has(value) : isAbout(value),
    );
  const takenOut = (data: unknown): unknown => {
    if (typeof data === 'string') return data.replaceAll(all, 'erased');
    if (Array.isArray(data)) return data.map(takenOut);
    if (!isObject(data)) return data;
    const kept = Object.entries(data).filter(([name]) => !own.has(name));
    return Object.fromEntries(kept.map(([name, value]) => [name.replaceAll(all, 'erased'), takenOut(value)]));
  };
  return { isIn: (text) => one.test(text), isAbout, takenOut };
};
