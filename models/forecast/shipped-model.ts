import file from './shipped-model.json' with { type: 'json' };
import { readModelFile, type Models } from './model-file.ts';

/** The model that ships: 0.5 MB of JSON, so it is imported where a forecast is made and nowhere else. */
export const shippedModels = (): Models => readModelFile(file);
