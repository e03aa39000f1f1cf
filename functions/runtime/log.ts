import { Logger } from '@aws-lambda-powertools/logger';

/** One structured line per thing worth telling. Opaque ids only: no name, address, e-mail or payload. */
export const log = new Logger({ serviceName: 'hems' });
