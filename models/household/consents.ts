/**
 * What a household may agree to, each by itself and each refusable. What the contract cannot do without (to measure, show, price, warn of
 * silent devices) asks no consent and is not in the list.
 */
export const CONSENT_PURPOSES = ['analysis', 'community', 'government', 'bems', 'research', 'marketing'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** What flows only while its purpose is agreed to; asked at each flow. */
export type Feed =
  | 'forecast'
  | 'unusual-use'
  | 'advice'
  | 'plan'
  | 'board'
  | 'challenge'
  | 'application'
  | 'settlement'
  | 'saving'
  | 'statistic'
  | 'site'
  | 'outside-reward'
  | 'green-button'
  | 'offer';

export type Consent = {
  /** of the text in force, in both languages; it rises when what is agreed to changes, and then nobody has agreed yet */
  readonly textVersion: number;
  readonly feeds: readonly Feed[];
  /** after so many days the agreement lapses and has to be asked for anew; without it, it lasts until it is withdrawn */
  readonly lastsDays?: number;
};

/** `research` has no feed yet: what will hand data to researchers asks here first. */
export const CONSENTS: Readonly<Record<ConsentPurpose, Consent>> = {
  // 2: suggestions and plans were added
  analysis: { textVersion: 2, feeds: ['forecast', 'unusual-use', 'advice', 'plan'] },
  community: { textVersion: 1, feeds: ['board', 'challenge'] },
  // 2: statistics of regions were added
  government: { textVersion: 2, feeds: ['application', 'settlement', 'saving', 'statistic'] },
  bems: { textVersion: 1, feeds: ['site', 'outside-reward', 'green-button'] },
  research: { textVersion: 1, feeds: [] },
  // advertising: to be confirmed every two years (정보통신망법 제50조 제8항); ours ends instead, so that silence never counts as consent
  marketing: { textVersion: 1, feeds: ['offer'], lastsDays: 730 },
};
