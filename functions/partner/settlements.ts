import {
  closeSettlement,
  listSettlements,
  readLineEvidence,
  readSettlement,
  readSettlementKeys,
  readSettlementPart,
} from '@hems/shared/partner-api/settlements';
import { officeDeps, settlementDeps } from '../runtime/office-deps.ts';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { signer, table } from '../runtime/ports.ts';
import { closeSettlement as close } from '../use-cases/government/close-settlement.ts';
import {
  listSettlements as list,
  readEvidenceOfLine,
  readSettlement as read,
  readSettlementPart as readPart,
  summaryOf,
} from '../use-cases/government/read-settlement.ts';

export const handler = partnerHttp([
  partnerEndpoint(closeSettlement, async ({ partner, body }) => ({
    file: summaryOf(await close(await settlementDeps(), partner, body)),
  })),
  partnerEndpoint(listSettlements, async ({ partner, query }) => list(await officeDeps(), partner, query)),
  partnerEndpoint(readSettlementKeys, async () => {
    const keys = await (await signer()).publicKeys();
    const algorithm = 'ecdsa-p256-sha256' as const;
    return { keys: keys.map(({ keyId, jwk }) => ({ keyId, algorithm, jwk: { ...jwk } })) };
  }),
  partnerEndpoint(readSettlement, async ({ partner, params: { file } }) =>
    read({ table: await table() }, partner, file),
  ),
  partnerEndpoint(readSettlementPart, async ({ partner, params: { file, part } }) =>
    readPart(await officeDeps(), partner, { file, part: Number(part) }),
  ),
  partnerEndpoint(readLineEvidence, async ({ partner, params }) =>
    readEvidenceOfLine(await officeDeps(), partner, params),
  ),
]);
