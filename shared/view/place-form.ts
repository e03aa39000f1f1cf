import * as z from 'zod/mini';
import { place as placeSchema, type Place } from '../api/onboarding.ts';

/** Where and what the home is, as it is being written. Every line as it was typed; empty: not said. */
export type PlaceDraft = {
  readonly name: string;
  readonly buildingType: Place['buildingType'];
  readonly address: string;
  readonly unit: string;
  readonly postalCode: string;
  readonly region: string;
  readonly areaM2: string;
  readonly people: string;
  readonly customerNumber: string;
};

const EMPTY: PlaceDraft = {
  name: '',
  buildingType: 'apartment',
  address: '',
  unit: '',
  postalCode: '',
  region: '',
  areaM2: '',
  people: '',
  customerNumber: '',
};

type Known = Pick<PlaceDraft, 'name' | 'buildingType'> | undefined;

/** What was said before; of a home that has only begun, its name and kind. */
export const placeDraftOf = (place: Place | null, known?: Known): PlaceDraft =>
  place === null
    ? { ...EMPTY, ...known }
    : {
        ...EMPTY,
        ...place,
        customerNumber: place.customerNumber ?? '',
        areaM2: place.areaM2 === undefined ? '' : String(place.areaM2),
        people: place.people === undefined ? '' : String(place.people),
      };

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim()));

/** The place that a draft states, or the lines that cannot stand as they are. */
export const placeOf = (
  draft: PlaceDraft,
): { readonly place: Place } | { readonly faults: readonly (PropertyKey | undefined)[] } => {
  const { areaM2, people, customerNumber, ...rest } = draft;
  const parsed = z.safeParse(placeSchema, {
    ...rest,
    postalCode: rest.postalCode.trim(),
    ...(areaM2.trim() !== '' && { areaM2: numberOf(areaM2) }),
    ...(people.trim() !== '' && { people: numberOf(people) }),
    ...(customerNumber.trim() !== '' && { customerNumber: customerNumber.replaceAll(/[\s-]/g, '') }),
  });
  return parsed.success ? { place: parsed.data } : { faults: parsed.error.issues.map(({ path }) => path[0]) };
};

/** Whether an address was written that is not the one before: it has to be proved again. */
export const isMoved = (draft: PlaceDraft, before: Place | null): boolean =>
  before !== null &&
  (['address', 'unit', 'postalCode'] as const).some((field) => draft[field].trim() !== before[field]);
