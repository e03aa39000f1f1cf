import type { Community } from '../api/community.ts';
import { localDateText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { groupedText } from '../format/number.ts';
import { percentText } from '../format/percent.ts';
import type { CommunityTexts } from '../i18n/ko/community.ts';
import type { Locale } from '../i18n/locale.ts';
import type { ReasonTexts } from '../i18n/ko/reasons.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { wordOf } from './word.ts';

export type CommunityWords = Words<CommunityTexts> & { readonly reasons: ReasonTexts; readonly locale: Locale };

export type PlaceView = {
  readonly rank: string;
  readonly who: string;
  readonly saved: string;
  readonly own: boolean;
  /** of the most that anybody on the list saved, percent; nothing saved: 0 */
  readonly bar: number;
  /** homes stand between the row above and this one */
  readonly afterGap: boolean;
};
export type StandingView = { readonly headline: string; readonly details: readonly string[]; readonly note: string };
export type BoardView = {
  readonly rank: string;
  readonly about: string | undefined;
  readonly peers: string;
  readonly cohort: string | undefined;
  readonly through: string;
  /** the first three, then the own home and those around it; each home once */
  readonly places: readonly PlaceView[];
};
export type MemberView = { readonly you: string; readonly since: string };

const whole = (value: number): string => groupedText(value, 0);
/** What was saved, in percent: `8.3%`; where more was used `−2.1%`. */
export const savedText = (basisPoints: number): string =>
  basisPoints < 0 ? `−${percentText(basisPoints, 1)}` : percentText(basisPoints, 1);

/** How the others know the household; outside, what they would: nothing yet. */
export const membershipCard = (loaded: Loaded<Community>, { t, s, locale }: CommunityWords): Card<MemberView> =>
  cardOf(loaded, t, ({ membership: { pseudonym, joinedOn } }) =>
    filled(
      {
        you: pseudonym === null ? '' : s.you(pseudonym[locale]),
        since: joinedOn === null ? '' : s.joinedOn(localDateText(joinedOn, t)),
      },
      undefined,
    ),
  );

/** What the household saved of its own baseline in the month. */
export const standingCard = (loaded: Loaded<Community>, words: CommunityWords): Card<StandingView> =>
  cardOf(loaded, words.t, ({ standing }) => {
    const { s, reasons } = words;
    if (standing === null) return empty({ title: s.noStanding, text: s.hidden['not-ranked-yet'] });
    if (standing.status === 'refused')
      return empty({ title: s.noStanding, text: wordOf(reasons.refusal, standing.code, standing.detail) });
    const { savedBasisPoints, expectedWh, actualWh, knownDays, absentDays } = standing;
    const say = savedBasisPoints < 0 ? s.rose : s.saved;
    const content: StandingView = {
      headline: say(percentText(savedBasisPoints, 1)),
      details: [
        s.standingOver(knownDays, kwhText(expectedWh), kwhText(actualWh)),
        ...(absentDays > 0 ? [s.absent(absentDays)] : []),
      ],
      note: s.provisional,
    };
    return filled(content, undefined);
  });

type Place = NonNullable<Community['board']>['own'];
type Board = NonNullable<Community['board']>;

/** By rank, and each home once, though the nearest and the first three may be the same. Homes of one rank differ by their names. */
const placesOf = ({ top, neighbours }: Board, { s, locale }: CommunityWords): PlaceView[] => {
  const places = [...new Map([...top, ...neighbours].map((place) => [place.pseudonym[locale], place])).values()];
  const most = Math.max(1, ...places.map(({ savedBasisPoints }) => savedBasisPoints));
  return places
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ pseudonym, rank, savedBasisPoints, own }: Place, index, all) => ({
      rank: s.place(whole(rank)),
      who: own ? `${pseudonym[locale]} (${s.own})` : pseudonym[locale],
      saved: savedText(savedBasisPoints),
      own,
      bar: Math.round((100 * Math.max(0, savedBasisPoints)) / most),
      afterGap: rank - (all[index - 1]?.rank ?? rank) > 1,
    }));
};

const cohortText = (cohort: Community['cohort'], { s }: CommunityWords): string | undefined => {
  if (cohort === null) return undefined;
  const where = cohort.region === null ? '' : `${cohort.region} `;
  return s.cohort(where, wordOf(s.building, cohort.buildingType, cohort.buildingType), whole(cohort.members));
};

/** The middle use of comparable homes, from 30 of them on. */
const peersText = ({ peerMedian }: Community, { s }: CommunityWords): string =>
  peerMedian === null ? s.noPeers : s.peerMedian(kwhText(peerMedian.medianWh), whole(peerMedian.homes));

/** The ranking of the cohort: hidden with a reason, or the own row with the top three and the neighbours. */
export const boardCard = (loaded: Loaded<Community>, words: CommunityWords): Card<BoardView> =>
  cardOf(loaded, words.t, (community) => {
    const { t, s } = words;
    const { board, hidden, about, cohort } = community;
    if (board === null) return empty({ title: s.noBoard, text: s.hidden[hidden ?? 'not-ranked-yet'] });
    const content: BoardView = {
      rank: s.rank(whole(board.own.rank), whole(board.members)),
      // of the same homes the exact rank has been told
      about: about === null || about.of === board.members ? undefined : s.about(whole(about.about), whole(about.of)),
      cohort: cohortText(cohort, words),
      peers: peersText(community, words),
      through: s.through(localDateText(board.through, t)),
      places: placesOf(board, words),
    };
    return filled(content, undefined);
  });

/** The month before or after, `YYYY-MM`. */
export const monthBeside = (month: string, by: -1 | 1): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
};
