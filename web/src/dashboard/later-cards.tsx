import { Money } from '../savings/money.tsx';
import { AssistantPart } from './assistant-part.tsx';
import { DayPart } from './day-part.tsx';
import { HomeCards } from './home-cards.tsx';

/** What the dashboard fetches once the power is on the screen. */
export const laterCards = { money: Money, day: DayPart, assistant: AssistantPart, home: HomeCards };
