import { SaxesParser } from 'saxes';
import { FileRefused } from '@hems/models/history/reasons';
import type { FileReader } from '../../ports/files.ts';

/** A Green Button feed is eight deep. */
const MAX_DEPTH = 32;
/** The parser keeps what is between two tags; text that comes without a tag for so long is no reading. */
const MAX_SILENCE = 256 * 1024;
const PIECE = 64 * 1024;

type Told = Parameters<FileReader['tags']>[1];
type Parser = SaxesParser<{ xmlns: true }>;

const refuseUnsafe = (parser: Parser): void => {
  parser.on('error', (error) => {
    throw new FileRefused('malformed', `the file is not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new FileRefused(
      'entities',
      'the file has a DOCTYPE; Green Button files have none, and its entities are not read',
    );
  });
};

const tellTags = (parser: Parser, told: Told, heard: () => void): void => {
  let depth = 0;
  parser.on('opentag', ({ uri, local, attributes }) => {
    heard();
    depth += 1;
    if (depth > MAX_DEPTH) throw new FileRefused('too-deep', `elements are nested more than ${MAX_DEPTH} deep`);
    told.open({ space: uri, local, attribute: (name) => attributes[name]?.value, line: parser.line });
  });
  parser.on('closetag', () => {
    heard();
    depth -= 1;
    told.close();
  });
};

const tellTexts = (parser: Parser, told: Told, heard: () => void): void => {
  const tell = (text: string): void => {
    heard();
    told.text(text);
  };
  parser.on('text', tell);
  parser.on('cdata', tell);
  parser.on('comment', heard);
  parser.on('processinginstruction', heard);
};

/** Tags and texts of XML, one by one. What makes parsing expensive is refused: entities, depth, endless text. */
export const tags: FileReader['tags'] = async (texts, told) => {
  let silence = 0;
  const heard = (): void => {
    silence = 0;
  };
  const parser = new SaxesParser({ xmlns: true, position: true });
  refuseUnsafe(parser);
  tellTags(parser, told, heard);
  tellTexts(parser, told, heard);
  for await (const text of texts)
    for (let at = 0; at < text.length; at += PIECE) {
      const piece = text.slice(at, at + PIECE);
      silence += piece.length;
      if (silence > MAX_SILENCE) throw new FileRefused('too-long', 'one tag or text of the file is endless');
      parser.write(piece);
    }
  parser.close();
};
