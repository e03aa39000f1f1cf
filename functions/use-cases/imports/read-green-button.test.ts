import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import { refusals } from '@hems/models/history/reasons';
import { constructedFeed, constructedReading } from '@hems/models/testing/constructed-feed';
import { fileReader } from '../../adapters/files/file-reader.ts';
import { read, refusalOf } from '../../testing/history-files.ts';
import { readHistory } from './read-history.ts';

const JANUARY = Array.from({ length: 31 * 24 }, (_, hour) =>
  constructedReading({
    startS: dayStart('2026-01-01') / 1000 + hour * 3600,
    seconds: 3600,
    value: String(100 + (hour % 24)),
  }),
);

describe('a Green Button file', () => {
  it('of a month by the hour gives its days to the Wh', async () => {
    const { format, days, refusedCount } = await read(constructedFeed({ readings: JANUARY }));
    expect(format).toBe('green-button');
    expect(refusedCount).toBe(0);
    expect(days).toHaveLength(31);
    expect(new Set(days.map(({ importWh }) => importWh))).toEqual(new Set([2676]));
  });

  it('in kWh counts by its power of ten', async () => {
    const { days } = await read(constructedFeed({ readings: JANUARY, type: { powerOfTenMultiplier: '3' } }));
    expect(days[0]?.importWh).toBe(2_676_000);
    const fine = await read(constructedFeed({ readings: JANUARY, type: { powerOfTenMultiplier: '-1' } }));
    expect(fine.days[0]?.importWh).toBe(268);
  });

  it.each([
    [{ uom: '38' }, 'unit', /readings in W are not energy in Wh/],
    [{ uom: '119' }, 'unit', /ft³/],
    [{ uom: undefined }, 'no-unit', /does not say its unit/],
    [{ powerOfTenMultiplier: undefined }, 'no-multiplier', /Wh and kWh cannot be told apart/],
    [{ powerOfTenMultiplier: '12' }, 'no-multiplier', /12/],
    [{ powerOfTenMultiplier: '' }, 'no-multiplier', /""/],
    [{ powerOfTenMultiplier: '1e0' }, 'no-multiplier', /1e0/],
    [{ uom: '' }, 'unit', /unit/],
    [{ accumulationBehaviour: '' }, 'accumulation', /no register/],
    [{ commodity: '7' }, 'not-electricity', /natural gas is not electricity/],
    [{ commodity: '' }, 'not-electricity', /""/],
    [{ kind: '8' }, 'not-energy', /kind "8"/],
    [{ dataQualifier: '8' }, 'not-energy', /dataQualifier "8"/],
    [{ flowDirection: '4' }, 'direction', /flowDirection 4/],
    [{ flowDirection: undefined }, 'no-direction', /flowDirection/],
    [{ accumulationBehaviour: '1' }, 'accumulation', /no register/],
  ] as const)('whose reading type says %j is refused by name', async (type, code, reason) => {
    const { days, refused, refusedCount } = await read(constructedFeed({ readings: JANUARY, type }));
    expect(days).toEqual([]);
    expect(refusedCount).toBe(JANUARY.length);
    expect(refused).toHaveLength(100);
    expect(refused[0]).toMatchObject({ code, reason: expect.stringMatching(reason) });
  });

  it('of gas is refused, and one of two homes too', async () => {
    expect((await read(constructedFeed({ readings: JANUARY, service: '1' }))).refused[0]?.code).toBe('not-electricity');
    const two =
      constructedFeed({ readings: JANUARY }).replace('</feed>', '') +
      constructedFeed({ readings: JANUARY, home: '2' }).replace(/^[\s\S]*?<entry>/, '<entry>');
    expect((await refusalOf(read(two))).code).toBe('several-usage-points');
  });

  it('whose type says electricity, energy and the normal value is taken', async () => {
    const type = { commodity: '1', kind: '12', dataQualifier: '12' };
    expect((await read(constructedFeed({ readings: JANUARY, type }))).days).toHaveLength(31);
  });

  it.each(['', '01', 'x'])('of service "%s" is not taken for electricity', async (service) => {
    const { days, refused } = await read(constructedFeed({ readings: JANUARY, service }));
    expect(days).toEqual([]);
    expect(refused[0]).toMatchObject({ code: 'not-electricity', reason: expect.stringContaining(`"${service}"`) });
  });

  it('with an empty service category is not taken for electricity', async () => {
    const feed = constructedFeed({ readings: JANUARY }).replace(
      /<e:ServiceCategory>.*?<\/e:ServiceCategory>/,
      '<e:ServiceCategory/>',
    );
    expect((await read(feed)).refused[0]?.code).toBe('not-electricity');
  });

  it.each([
    ['milliseconds', dayStart('2026-01-01')],
    ['a time in the year 31690', 937_849_917_600],
    ['a time before 2000', 0],
  ])('that starts at %s is refused, not put on a day', async (_, startS) => {
    const { days, refused } = await read(
      constructedFeed({ readings: [constructedReading({ startS, seconds: 3600, value: '1' })] }),
    );
    expect(days).toEqual([]);
    expect(refused).toMatchObject([{ code: 'no-date', reason: expect.stringMatching(/in seconds\?$/) }]);
  });

  it('with an estimated hour makes its day estimated', async () => {
    const [first = '', ...rest] = JANUARY;
    const estimated = first.replace(
      '<IntervalReading>',
      '<IntervalReading><ReadingQuality><quality>8</quality></ReadingQuality>',
    );
    const { days } = await read(constructedFeed({ readings: [estimated, ...rest] }));
    expect(days.slice(0, 2).map(({ quality }) => quality)).toEqual(['estimated', 'good']);
  });

  it('tells the line of a reading without a value, and refuses its day as it lacks an hour', async () => {
    const [first = '', ...rest] = JANUARY;
    const { days, refused } = await read(
      constructedFeed({ readings: [first.replace(/<value>.*<\/value>/, ''), ...rest] }),
    );
    expect(days).toHaveLength(30);
    expect(refused.map(({ code }) => code)).toEqual(['no-value', 'missing-hours']);
    expect(refused[0]?.line).toBeGreaterThan(1);
  });

  it('with intervals of five minutes, or across the hour, has them refused', async () => {
    const startS = dayStart('2026-01-01') / 1000;
    const odd = [
      constructedReading({ startS, seconds: 300, value: '1' }),
      constructedReading({ startS: startS + 600, seconds: 3600, value: '1' }),
      constructedReading({ startS, seconds: 3600, value: '999999999' }),
      constructedReading({ startS, seconds: 3600, value: '-1' }),
      constructedReading({ startS, seconds: 3600, value: '1.5' }),
    ];
    const { refused } = await read(constructedFeed({ readings: odd }));
    expect(refused.map(({ code }) => code).toSorted()).toEqual([
      'negative',
      'not-a-number',
      'odd-interval',
      'odd-interval',
      'too-large',
    ]);
  });

  it('of days and of hours is taken where both agree', async () => {
    const startS = dayStart('2026-01-01') / 1000;
    const total = (value: string) => constructedReading({ startS, seconds: 86_400, value });
    expect((await read(constructedFeed({ readings: [...JANUARY, total('2676')] }))).days).toHaveLength(31);
    const { days, refused } = await read(constructedFeed({ readings: [...JANUARY, total('2677')] }));
    expect(days).toHaveLength(30);
    expect(refused.map(({ code }) => code)).toEqual(['conflict']);
  });

  it.each([
    ['cut off', (feed: string) => feed.slice(0, 5000), 'malformed'],
    ['with a tag that closes another', (feed: string) => feed.replace('</IntervalReading>', '</Reading>'), 'malformed'],
    [
      'with entities that grow',
      (feed: string) =>
        feed.replace(
          '<feed',
          '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<feed',
        ),
      'entities',
    ],
    ['with an entity of its own', (feed: string) => feed.replace('<title>', '<title>&b;'), 'malformed'],
    ['nested a thousand deep', (feed: string) => feed.replace('<title>', '<a>'.repeat(1000)), 'too-deep'],
    ['with an endless text', (feed: string) => feed.replace('<title>', `<title>${'x'.repeat(1_000_000)}`), 'too-long'],
    [
      'with an endless tag',
      (feed: string) => feed.replace('<title>', `<title a="${'x'.repeat(1_000_000)}"`),
      'too-long',
    ],
    ['that is another XML', () => '<html><body>hello</body></html>', 'not-a-history'],
  ])('%s is refused as a whole', async (_, change, code) => {
    expect((await refusalOf(read(change(constructedFeed({ readings: JANUARY }))))).code).toBe(code);
  });

  const block =
    '<entry><link rel="up" href="/a/MeterReading/1/IntervalBlock"/><content><IntervalBlock xmlns="http://naesb.org/espi"><IntervalReading/></IntervalBlock></content></entry>\n';
  const blocks = async function* (thousands: number, told: { sent: number }) {
    yield strToU8('<feed xmlns="http://www.w3.org/2005/Atom">');
    for (; told.sent < thousands; told.sent += 1) yield strToU8(block.repeat(1000));
    yield strToU8('</feed>');
  };

  it('of ten thousand blocks without a value is read to its end, and the first hundred are told by line', async () => {
    const refused = refusals();
    await expect(readHistory(fileReader, blocks(10, { sent: 0 }), refused)).resolves.toMatchObject({ days: [] });
    expect(refused.count()).toBe(10_000);
    expect(refused.first).toHaveLength(100);
    expect(refused.first[99]).toMatchObject({ code: 'no-value', line: 100 });
  });

  it('of a million such blocks is given up at the hundred-thousandth', { timeout: 20_000 }, async () => {
    const told = { sent: 0 };
    const refused = refusals();
    expect((await refusalOf(readHistory(fileReader, blocks(1000, told), refused))).code).toBe('too-many-refused');
    expect(told.sent).toBeLessThan(110);
    expect(refused.first).toHaveLength(100);
  });
});
