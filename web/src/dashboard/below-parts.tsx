import { SavingPart } from '../savings/saving-part.tsx';
import { AssistantPart } from './assistant-part.tsx';
import { DevicesPart } from './devices-part.tsx';
import { EnvironmentPart } from './environment-part.tsx';
import { FlowsLater } from './flows-later.tsx';

/** What the dashboard fetches once the cards above are there. */
export const belowParts = {
  flows: FlowsLater,
  assistant: AssistantPart,
  saved: SavingPart,
  environment: EnvironmentPart,
  devices: DevicesPart,
};
