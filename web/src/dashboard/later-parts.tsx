import { BillPart } from '../savings/bill-part.tsx';
import { DayPart } from './day-part.tsx';
import { Tiles } from './tiles.tsx';
import { Usual } from './usual.tsx';

/** What the dashboard fetches beside the power. */
export const laterParts = {
  usual: Usual,
  tiles: Tiles,
  bill: BillPart,
  day: DayPart,
};
