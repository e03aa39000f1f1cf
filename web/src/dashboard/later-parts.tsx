import { BillPart } from '../savings/bill-part.tsx';
import { SavingPart } from '../savings/saving-part.tsx';
import { AssistantPart } from './assistant-part.tsx';
import { DayPart } from './day-part.tsx';
import { DevicesPart } from './devices-part.tsx';
import { EnvironmentPart } from './environment-part.tsx';
import { FlowsLater } from './flows-later.tsx';
import { Tiles } from './tiles.tsx';
import { Usual } from './usual.tsx';

/** What the dashboard fetches once the power is on the screen. */
export const laterParts = {
  usual: Usual,
  tiles: Tiles,
  bill: BillPart,
  day: DayPart,
  flows: FlowsLater,
  assistant: AssistantPart,
  saved: SavingPart,
  environment: EnvironmentPart,
  devices: DevicesPart,
};
