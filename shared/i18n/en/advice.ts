import type { AdviceTexts } from '../ko/advice.ts';

export const en: AdviceTexts = {
  rule: {
    'cooler-set-point': {
      title: 'Try cooling one degree less',
      how: 'A fan helps. Set it back as soon as it feels too warm.',
      why: (of) =>
        `Above a daily mean of ${of('begins')} each degree costs ${of('perDegree')} a day more. Found in the last ${of('seenDays')}.`,
    },
    'heater-set-point': {
      title: 'Try heating one degree less',
      how: 'A light layer more helps. Set it back as soon as it feels too cold.',
      why: (of) =>
        `Below a daily mean of ${of('begins')} each degree costs ${of('perDegree')} a day more. Found in the last ${of('seenDays')}.`,
    },
    standby: {
      title: 'Look for what runs all night',
      how: 'Set-top box, computer, audio, heated seat: switch off at a power strip what nobody uses at night. Leave refrigerators, the boiler and medical devices on.',
      why: (of) =>
        `While everybody sleeps, ${of('nightFloor')} are still used. Of that we reckon ${of('neededAtNight')} for what is needed, such as a refrigerator or the boiler; homes differ. Seen over the last ${of('seenDays')}.`,
    },
    'idle-plug': {
      title: 'Switch this plug off when it is not used',
      how: 'Switch the plug off when what is plugged in is not used. Nights alone help already. Leave refrigerators, medical devices and whatever must stay on alone.',
      why: (of) =>
        `What is plugged in draws ${of('idle')} even when it is not used, which is about ${of('restsADay')} a day.`,
    },
    'shift-hours': {
      title: 'Move some use from dear hours to cheap ones',
      how: 'Move dishwasher and chargers to the night, and washer and dryer, which are heard next door, to the morning. Leave heating and cooling as they are.',
      why: (of) => `${of('peakShare')} of your month, ${of('peakUse')}, falls into the dearest hours.`,
    },
    'tier-limit': {
      title: 'This month can stay below the next tier',
      how: 'A little less on each day that is left is enough. One drying, one oven less is a start.',
      why: (of) =>
        `As things go, the month ends at ${of('expected')}. Beyond ${of('limit')}, ${of('over')} too many, base charge and price rise.`,
    },
    lighting: {
      title: 'Change the lamps that burn longest to LED',
      how: 'Begin with living room and kitchen, where they are lit longest.',
      why: (of) =>
        `Once it is dark, ${of('lighting')} more are used at the same hour. That looks like lighting. Found in ${of('seenDays')}.`,
    },
    'solar-self-use': {
      title: 'Run things while the sun shines',
      how: 'Set washer, dishwasher and chargers to midday.',
      why: (of) =>
        `The roof gives ${of('surplusADay')} a day away, and its evenings take ${of('eveningADay')} more than its quietest hours would.`,
    },
    'battery-schedule': {
      title: 'Let the battery run by itself',
      how: 'Switch automation on under Plan. It can be stopped at any time, and keeps a share for power cuts.',
      why: (of) => `The battery can give ${of('usable')} a day; lately it gave ${of('usedADay')} on average.`,
    },
    'contract-choice': {
      title: 'Another tariff may be cheaper',
      how: 'Ask KEPCO (dial 123) whether you can change, and check the contracted power before you do.',
      why: (of) => `Your own last year (${of('seenDays')} known) was priced under both tariffs.`,
    },
  },
  figure: {
    perDegree: 'A day, for each degree outdoors',
    begins: 'Begins at a daily mean of',
    seenDays: 'Days looked at',
    nightFloor: 'Used while asleep',
    neededAtNight: 'Needed at night (our guess)',
    idle: 'Drawn when not used',
    restsADay: 'Not used a day',
    peakShare: 'Share in the dearest hours',
    peakUse: 'Month’s use in the dearest hours',
    limit: 'The tier ends at',
    expected: 'Expected use',
    over: 'Too many',
    lighting: 'More when it is dark',
    surplusADay: 'Given away a day',
    eveningADay: 'More in the evening',
    usable: 'The battery can give',
    usedADay: 'The battery gave a day',
    warmest: 'Warmest',
    coldest: 'Coldest',
    more: 'Expected more',
    cloud: 'Sky under clouds',
    usualSolar: 'A usual day of the roof',
  },
  note: {
    'hot-tomorrow': {
      plain: (of) => `Tomorrow reaches ${of('warmest')}. Drink enough and keep cool.`,
      withMore: (of) =>
        `Tomorrow reaches ${of('warmest')}. Your home is likely to use about ${of('more')} more than lately. Keep cool.`,
    },
    'cold-tomorrow': {
      plain: (of) => `Tomorrow falls to ${of('coldest')}. Keep warm and mind the water pipes.`,
      withMore: (of) =>
        `Tomorrow falls to ${of('coldest')}. Your home is likely to use about ${of('more')} more than lately. Keep warm.`,
    },
    'cloudy-tomorrow': {
      plain: (of) =>
        `Tomorrow clouds cover ${of('cloud')} of the sky. The roof will give less than the usual ${of('usualSolar')}; washing can wait for a clear day.`,
    },
    'sunny-tomorrow': {
      plain: (of) =>
        `Tomorrow is clear. The roof makes ${of('usualSolar')} on a usual day; midday is a good time for washing.`,
    },
  },
  unclear: {
    'not-measured': 'What this one does cannot be told from the rest of the use, so no amount is claimed.',
    'too-little-known': 'Too little is known to compare, so no amount is claimed.',
    'other-taken':
      'Another suggestion was taken at about the same time; what was saved is counted once, at the earlier one.',
    'not-changed': 'The tariff is still the same. Once it is changed in the settings, the two are compared.',
    'within-variation':
      'The difference is smaller than what this home varies by anyway: neither less nor more can be claimed.',
  },
  consequence: {
    'done-already': 'All right. It is not suggested again for a year.',
    'not-possible': 'All right. It is not suggested again.',
    'too-uncomfortable': 'All right. For a year nothing as uncomfortable is suggested either.',
    'too-little': 'All right. For a year only what saves at least twice as much is suggested.',
    'not-true': 'Thank you for telling us. It is not suggested again for a year.',
  },
};
