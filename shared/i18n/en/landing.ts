import type { LandingTexts } from '../ko/landing.ts';

export const en: LandingTexts = {
  title: 'Know your electricity bill early, and lower it',
  lead: 'From the power you use right now to the bill at the end of the month, on one screen. What you save earns rewards.',
  button: 'Sign in',
  hint: 'New here? You can sign up on the next page. Without a meter, look around in a demo home first.',
  sample: {
    caption: 'An example. These are not the figures of a real home.',
    bill: 'This month’s bill',
    won: '₩31,240',
    projected: '₩52,000–58,000 expected',
    tier: '48 kWh to the next price tier',
    now: 'Power now',
    kw: '0.42',
    age: '3 s ago',
    saved: 'Saved today',
    savedWon: '₩310',
    savedKwh: '1.4 kWh',
    action: 'Washing at midday saves ₩1,500–2,300 a month',
  },
  points: [
    {
      title: 'The bill before it comes',
      text: 'So far, and what to expect as a range, with what is left until the next price tier.',
    },
    {
      title: 'Where it goes',
      text: 'Power now, the last 24 hours and each device: find what runs for nothing.',
    },
    {
      title: 'What to do, and what it saves',
      text: 'Forecast from your own records: won a month as a range, and why.',
    },
    {
      title: 'Rewards for what you save',
      text: 'Energy cashback and other programmes in one place, with what you would have earned.',
    },
  ],
  trust: 'Honest with figures and with your data',
  promises: [
    {
      title: 'No figure is dressed up',
      text: 'A late value says that it is late, an estimate that it is one. A demo home is always marked as a demo.',
    },
    {
      title: 'Used only as you agreed',
      text: 'You agree to each purpose apart, and may withdraw. Who looked at your home’s data, and why, is on record.',
    },
    {
      title: 'Yours to take and to erase',
      text: 'Download every record in one file. Erase it, and you get a receipt.',
    },
  ],
  going: 'Going to the sign-in page…',
  failed: 'Sign-in did not work',
  failedText: 'The sign-in service could not be reached, or the sign-in took too long. Please sign in again.',
  ended: 'Every device was signed out, this one as well. Please sign in again.',
};
