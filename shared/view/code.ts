const GROUP = 4;

/** A code as it is being typed or pasted, in the groups of its letter or label: `abcd efgh` → `ABCD-EFGH`. */
export const codeText = (typed: string, characters: number): string =>
  (
    typed
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '')
      .slice(0, characters)
      .match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []
  ).join('-');

/** Twelve characters, from a letter or the building's office. */
export const RESIDENCE_CODE = 12;
/** `HEMS` and twelve characters, on the label of a gateway. */
export const CLAIM_CODE = 16;

export const isWhole = (code: string, characters: number): boolean => code.replaceAll('-', '').length === characters;
