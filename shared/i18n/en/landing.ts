import type { LandingTexts } from '../ko/landing.ts';

export const en: LandingTexts = {
  title: 'How much power is your home using right now?',
  lead: 'You see what your meter sends, every 5 seconds. A late value says that it is late, an estimate that it is an estimate.',
  button: 'Sign in',
  points: [
    { title: 'Power now', text: 'Always with the age of the value.' },
    { title: 'The last 24 hours', text: 'When you used most, as a chart and as a table.' },
    { title: 'Devices and indoor air', text: 'When each device was last heard, temperature, humidity and CO₂.' },
  ],
  going: 'Going to the sign-in page…',
  failed: 'Sign-in did not work',
  failedText: 'The sign-in service could not be reached, or the sign-in took too long. Please sign in again.',
  ended: 'Every device was signed out, this one as well. Please sign in again.',
};
