import { CONSENTS } from '@hems/models/household/consents';
import type { Table } from '../ports/table.ts';
import { consentPut, type StoredPurpose } from '../use-cases/stores/consents.ts';

/** The household agrees to the purpose's text in force, from before anything a test does. */
export const agree = (table: Table, householdId: string, purpose: StoredPurpose): Promise<void> =>
  table.put(
    consentPut(householdId, {
      purpose,
      kept: { history: [], version: 0 },
      said: { granted: true, textVersion: CONSENTS[purpose].textVersion, atMs: 0, personId: 'owner' },
    }),
  );
