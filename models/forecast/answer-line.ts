import * as z from 'zod/mini';
import { forecastRequest } from './answer.ts';
import { forecastHome } from './forecast.ts';
import type { Models } from './model-file.ts';

/** What a line that cannot be answered gets instead. */
const problemOf = (error: unknown): string => {
  if (error instanceof z.core.$ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return error instanceof Error ? error.message : String(error);
};

/**
 * One request as JSON text to one answer as JSON text: in the image, in a Lambda and on the local host, byte for byte. A bad one
 * costs its own line only: `{"error": …}`.
 */
export const answerLine = (models: Models, line: string): string => {
  try {
    return JSON.stringify(forecastHome(models, z.parse(forecastRequest, JSON.parse(line))));
  } catch (error) {
    return JSON.stringify({ error: problemOf(error) });
  }
};
