/**
 * The screens of a home beside the dashboard, each a file of its own. Where they are found comes after the first screen:
 * the app that begins has no room for their names.
 */
export const OF_HOME = {
  energy: async () => (await import('./energy.tsx')).Energy,
  device: async () => (await import('./device.tsx')).DevicePage,
  bill: async () => (await import('./bill.tsx')).Bill,
  assistant: async () => (await import('./assistant.tsx')).Assistant,
  rewards: async () => (await import('./rewards.tsx')).Rewards,
  programmes: async () => (await import('./programmes.tsx')).Programmes,
  events: async () => (await import('./events.tsx')).Events,
  evidence: async () => (await import('./evidence.tsx')).EvidencePage,
  community: async () => (await import('./community.tsx')).CommunityPage,
  onboarding: async () => (await import('./onboarding.tsx')).OnboardingPage,
  settings: async () => (await import('./settings.tsx')).Settings,
};
