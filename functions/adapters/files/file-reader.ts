import type { FileReader } from '../../ports/files.ts';
import { rows } from './table-rows.ts';
import { unpacked } from './unpack.ts';
import { tags } from './xml-tags.ts';

export const fileReader: FileReader = { unpacked, tags, rows };
