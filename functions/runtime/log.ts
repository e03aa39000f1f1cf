import { Logger, LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { SERVICE } from '@hems/shared/metrics/catalogue';
import { invocation } from './correlation.ts';

/** Every line says of which invocation it is. The logger's own context is one for the whole process, and many run in the local host. */
class OfInvocation extends LogFormatter {
  override formatAttributes(line: UnformattedAttributes, more: LogAttributes): LogItem {
    const { correlationId, handler, requestId } = invocation() ?? {};
    const attributes = {
      level: line.logLevel,
      message: line.message,
      timestamp: this.formatTimestamp(line.timestamp),
      service: line.serviceName,
      correlation_id: correlationId,
      function_name: handler,
      function_request_id: requestId,
      xray_trace_id: line.xRayTraceId,
    };
    return new LogItem({ attributes }).addAttributes(more);
  }
}

/** One structured line per thing worth telling. Opaque ids only: no name, address, e-mail or payload. */
export const log = new Logger({ serviceName: SERVICE, logFormatter: new OfInvocation() });
