import type { SuggestionTexts } from '../ko/suggestions.ts';

export const en: SuggestionTexts = {
  suggestions: 'Suggestions for this home',
  save: (range) => `Could save ${range} a month`,
  saveUnclear: 'How much it saves is not known yet',
  since: (date) => `Suggested since ${date}`,
  state: { open: 'New', later: 'Once put off' },
  data: 'What is this based on?',
  days: (count) => (count === '1' ? '1 day' : `${count} days`),
  hours: (count) => (count === '1' ? '1 hour' : `${count} hours`),
  unknownRule: 'A way to save in this home',
  unknownReason: 'Reload the app to see the reason.',

  accept: 'I will do it',
  later: 'Later',
  notUseful: 'Not useful',
  notUsefulText: 'Why is that? What you choose changes what is suggested from now on.',
  cause: {
    'done-already': 'We do this already',
    'not-possible': 'It cannot be done here',
    'too-uncomfortable': 'It would be uncomfortable',
    'too-little': 'It saves too little',
    'not-true': 'It is not true of this home',
  },
  causeLabel: 'Reason',
  confirm: 'Send',
  cancel: 'Cancel',
  busy: 'Sending…',
  failed: 'It was not sent.',
  thanks: {
    accepted:
      'Good! In four weeks we tell, where it can be measured, whether it helped; see “What became of it” below.',
    later: 'We will come back to it later.',
  },

  way: { plan: 'Switch it on in the plan', bill: 'Look at the bill', forecast: 'See the hours' },
  none: {
    title: 'Nothing to suggest right now',
    text: 'As soon as there is something to save, it appears here with its amount. Until then a programme can earn you rewards.',
  },
  toProgrammes: 'Find a programme to join',
  collecting: {
    title: 'Collecting what suggestions rest on',
    text: 'Nothing is suggested without grounds. After three whole weeks of readings we look for what suits this home.',
  },

  weather: 'Because of the weather',
  noNotes: 'Nothing about tomorrow’s weather needs saying.',
  unknownNote: 'There is a note on the weather. Reload the app to read it.',
  noteOn: (date, text) => `${date} · ${text}`,

  results: 'What became of it',
  acceptedOn: (date) => `since ${date}`,
  result: {
    measuring: 'Still measuring: once four weeks are over it is compared.',
    unclear: 'The difference is smaller than what this home varies by anyway: neither less nor more can be claimed.',
    measured: (range) => `It comes to ${range} saved a month.`,
    more: (range) => `It did not save: it comes to ${range} more a month.`,
  },
  noResults: {
    title: 'No suggestion tried yet',
    text: 'Press “I will do it” and, where it can be measured, we tell whether it really helped.',
  },

  safeguard: 'Somebody heat or cold is a danger to',
  safeguardOn: 'Nothing is suggested that means less heating or cooling.',
  safeguardLabel: 'Heat or cold is a danger to somebody in this home',
  safeguardWhy:
    'Switch this on for babies, elderly or ill people. Then nothing is suggested that means less heating, cooling or use, or switching off what runs all night or a plug; lighting, battery and tariff stay. It is used for suggestions only and told to nobody.',
  safeguardSaved: 'Saved.',
  safeguardNotSaved: 'It could not be saved.',
  because: {
    'heat-wave': 'There is a heat warning, so nothing that means less cooling is suggested. Stay cool.',
    'cold-wave': 'There is a cold warning, so nothing that means less heating is suggested. Stay warm.',
    'vulnerable-home':
      'Heat or cold is a danger to somebody here, so nothing that means less heating or cooling is suggested.',
  },
};
