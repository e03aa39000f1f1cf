import type { Connector } from '@hems/models/connector/connector';

/** The BEMS that the operator runs in its commercial buildings: quarter hours of the meters in common areas. */
export const enterpriseBems: Connector = {
  id: 'enterprise-bems',
  partnerId: 'building',
  system: 'Enterprise BEMS',
  baseUrl: 'https://bems.example',
  auth: { kind: 'bearer' },
  everyMinutes: 15,
  overlapMinutes: 120,
  windowMinutes: 1440,
  sources: [
    {
      path: '/api/measurements?start={from}&end={to}&page={cursor}',
      next: 'page.next',
      // it counts in kWh with three decimals, says OK, EST or FAIL, and counts up `rev` when it corrects
      readings: `[measurements.{
        "siteId": $$.building,
        "meterId": point,
        "fromMs": $toMillis(ts),
        "minutes": 15,
        "importWh": status = "FAIL" ? null : $round(kwh * 1000),
        "exportWh": null,
        "quality": $lookup({"OK": "good", "EST": "estimated", "FAIL": "missing"}, status),
        "revision": rev
      }]`,
    },
  ],
};
