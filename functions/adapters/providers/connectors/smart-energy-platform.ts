import type { Connector } from '@hems/models/connector/connector';

/** The platform that residents of some complexes had before: hours of the complex, and the rewards it gives for saving. */
export const smartEnergyPlatform: Connector = {
  id: 'smart-energy-platform',
  partnerId: 'building',
  system: 'Smart energy platform',
  baseUrl: 'https://smart-energy.example',
  auth: { kind: 'header', name: 'x-api-key' },
  everyMinutes: 60,
  overlapMinutes: 1440,
  windowMinutes: 10_080,
  sources: [
    {
      path: '/api/usage?since={from}&until={to}&cursor={cursor}',
      next: 'nextCursor',
      // hours as 2026112213 of Korean time
      readings: `[items.{
        "siteId": complex,
        "meterId": meterNo,
        "fromMs": $toMillis(hour & "+09:00", "[Y0001][M01][D01][H01][Z]"),
        "minutes": 60,
        "importWh": state = "missing" ? null : usageWh,
        "exportWh": null,
        "quality": $lookup({"measured": "good", "estimated": "estimated", "missing": "missing"}, state),
        "revision": version
      }]`,
    },
    {
      path: '/api/rewards?since={from}&until={to}&cursor={cursor}',
      next: 'nextCursor',
      rewards: `[items.{
        "ref": rewardId,
        "participant": memberKey,
        "amount": point,
        "unit": "points",
        "earnedOn": $substring(date, 0, 4) & "-" & $substring(date, 4, 2) & "-" & $substring(date, 6, 2),
        "label": reason
      }]`,
    },
  ],
};
