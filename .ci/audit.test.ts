import { describe, expect, test } from 'vitest';
import { advisoriesOf, reasonsToFail } from './audit.ts';

/** As npm 11 writes it: a package is told of by its advisories, or by the name of the package that brings it. */
const report = (severity: string): unknown => ({
  auditReportVersion: 2,
  vulnerabilities: {
    saxes: {
      via: [
        {
          source: 1,
          name: 'saxes',
          title: 'Entities without end',
          url: 'https://x/advisories/GHSA-1',
          severity,
          range: '<7',
        },
      ],
    },
    parent: { via: ['saxes'] },
  },
});
const found = (severity: string) => advisoriesOf(report(severity));
const excuse = { advisory: 'GHSA-1', reason: 'no entity is ever read', until: '2026-12-31' };

describe('the audit of what ships', () => {
  test('fails for a weakness that is high or critical, and tells of others', () => {
    for (const severity of ['high', 'critical'])
      expect(reasonsToFail(found(severity), [], '2026-11-23')).toEqual([
        `${severity}: saxes: Entities without end (GHSA-1)`,
      ]);
    for (const severity of ['low', 'moderate']) expect(reasonsToFail(found(severity), [], '2026-11-23')).toEqual([]);
  });

  test('lets an excused one pass until the day that the excuse names', () => {
    expect(reasonsToFail(found('high'), [excuse], '2026-12-31')).toEqual([]);
    expect(reasonsToFail(found('high'), [excuse], '2027-01-01')).toHaveLength(1);
  });

  test('has no excuse for what is not there', () => {
    expect(reasonsToFail(advisoriesOf({ auditReportVersion: 2, vulnerabilities: {} }), [excuse], '2026-12-01')).toEqual(
      ['GHSA-1 is excused and not there: take the excuse out'],
    );
  });

  test('knows a registry that does not answer from one that knows of nothing', () => {
    expect(advisoriesOf({ message: '405 Method Not Allowed', statusCode: 405 })).toBeUndefined();
    expect(reasonsToFail(undefined, [excuse], '2026-12-01')).toEqual([]);
    expect(reasonsToFail(undefined, [excuse], '2027-01-01')).toHaveLength(1);
  });
});
