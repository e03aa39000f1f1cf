import { CHECKED_AT, type Dated } from '../../calendar/dated.ts';

/** Solar net metering 상계거래: billed use is import less the surplus and the credit carried over; what is left is carried on. */
export const NET_METERING: readonly Dated[] = [
  {
    id: 'net-metering/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: null,
    source: 'bill walk-throughs of owners; import 208, export 143, billed 65 kWh on a real bill',
    confidence: 'verified',
    checkedAt: CHECKED_AT,
    provisional: {
      code: 'O14',
      reason:
        'VAT may be taken on the supply before netting (one owner’s analysis), and the base of climate and fuel charges is unverified; all rest on the netted use here unless asked otherwise',
    },
  },
];
