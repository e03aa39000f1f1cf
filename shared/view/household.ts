import type { Household } from '../api/session.ts';
import type { Messages } from '../i18n/messages.ts';
import { errorKindOf, type Loaded } from './card.ts';
import { originLabel, type OriginLabel } from './origin-label.ts';

type Session = Loaded<{ readonly households: readonly Household[] }>;

/** The head of a household's screen. `name` is not known until the session is. */
export type HouseholdHead = {
  readonly name: string | undefined;
  readonly households: readonly Household[];
  readonly origin: OriginLabel | undefined;
};

type Asked = {
  readonly householdId: string;
  /** the screen shows no reading, bill or device: it is open before residence is proved */
  readonly beforeProof?: boolean | undefined;
};

/** Undefined when the household is closed to this resident: it is somebody else's, or residence has not been proved. */
export const householdHead = (
  session: Session,
  { householdId, beforeProof }: Asked,
  t: Messages,
): HouseholdHead | undefined => {
  const households = session.data?.households ?? [];
  const household = households.find((one) => one.householdId === householdId);
  if (session.data !== undefined && !(beforeProof ? household : household?.isProven)) return undefined;
  return {
    name: household?.name,
    households,
    origin: household?.origin && originLabel(household.origin, t),
  };
};

export const isConnected = ({ error, paused }: Loaded<unknown>): boolean =>
  !paused && (error === null || errorKindOf(error) !== 'unreachable');

/** Why what is shown may be old. */
export const bannerOf = (loaded: Loaded<unknown>, t: Messages): string | undefined => {
  if (loaded.data === undefined) return undefined;
  if (loaded.paused) return t.banner.offline;
  if (loaded.error === null) return undefined;
  return isConnected(loaded) ? t.banner.failing : t.banner.unreachable;
};
