import type { OfflineTexts } from '../ko/offline.ts';

export const en: OfflineTexts = {
  label: 'About this app',
  newVersion: {
    title: 'A new version is ready',
    text: 'If you are in the middle of something, finish it first.',
    button: 'Open new version',
  },
  install: {
    title: 'Install this app',
    text: 'It opens from your home screen, and shows your last dashboard even without a connection.',
    button: 'Install',
    byHand: 'Tap the share button of your browser and choose “Add to Home Screen”.',
  },
  later: 'Later',
  kept: {
    title: (moment) => `Your dashboard as of ${moment}`,
    text: 'It is kept on this device only, and erased when you sign out.',
    again: 'Reconnect',
  },
};
