import { Refused } from '../refusal.ts';

const DETAIL =
  'the household does not agree to the analysis of its use, so nothing is forecast; a member may agree in the settings';

export const noConsent = (): Refused => new Refused('conflict', DETAIL, 'no-consent');
