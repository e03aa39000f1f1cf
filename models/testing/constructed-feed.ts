import { ATOM, ESPI } from '../green-button/espi.ts';

type ReadingTypeFields = {
  readonly uom?: string | undefined;
  readonly powerOfTenMultiplier?: string | undefined;
  readonly flowDirection?: string | undefined;
  readonly accumulationBehaviour?: string | undefined;
  readonly commodity?: string | undefined;
  readonly kind?: string | undefined;
  readonly dataQualifier?: string | undefined;
};
type ConstructedFeed = {
  readonly readings: readonly string[];
  readonly type?: ReadingTypeFields;
  readonly service?: string;
  readonly home?: string;
};

const TYPE = { accumulationBehaviour: '4', flowDirection: '1', powerOfTenMultiplier: '0', uom: '72' };

export const constructedReading = ({
  startS,
  seconds,
  value,
}: {
  startS: number;
  seconds: number;
  value: string;
}): string =>
  `<IntervalReading><timePeriod><duration>${seconds}</duration><start>${startS}</start></timePeriod><value>${value}</value></IntervalReading>\n`;

const entry = (links: readonly string[], content: string): string =>
  `<entry>${links.map((link) => `<link ${link}/>`).join('')}<title></title><content>${content}</content></entry>\n`;

/** A Green Button feed as utilities send it: linked entries, the reading type after the blocks, one block for all readings. */
export const constructedFeed = ({ readings, type = {}, service = '0', home = '1' }: ConstructedFeed): string => {
  const point = `/RetailCustomer/9/UsagePoint/${home}`;
  const reading = `${point}/MeterReading/1`;
  const fields = Object.entries({ ...TYPE, ...type })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${value}</${name}>`);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="${ATOM}" xmlns:e="${ESPI}"><title>constructed</title>\n`,
    entry(
      [`rel="self" href="${point}"`, `rel="related" href="${point}/MeterReading"`],
      `<e:UsagePoint><e:ServiceCategory><e:kind>${service}</e:kind></e:ServiceCategory></e:UsagePoint>`,
    ),
    entry(
      [
        `rel="self" href="${reading}"`,
        `rel="up" href="${point}/MeterReading"`,
        `rel="related" href="${reading}/IntervalBlock"`,
        `rel="related" href="/ReadingType/${home}"`,
      ],
      '<e:MeterReading/>',
    ),
    entry(
      [`rel="self" href="${reading}/IntervalBlock/1"`, `rel="up" href="${reading}/IntervalBlock"`],
      `<IntervalBlock xmlns="${ESPI}">\n${readings.join('')}</IntervalBlock>`,
    ),
    entry([`rel="self" href="/ReadingType/${home}"`], `<ReadingType xmlns="${ESPI}">${fields.join('')}</ReadingType>`),
    '</feed>',
  ].join('');
};
