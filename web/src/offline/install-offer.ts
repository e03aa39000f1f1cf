/** Chromium's offer to install the app. The type library does not know it. */
type InstallOffer = Event & { readonly prompt: () => Promise<unknown> };

const isOffer = (event: Event): event is InstallOffer => 'prompt' in event;

let offer: InstallOffer | undefined;

/** The browser offers once and early; the app passes it on when there is a dashboard worth coming back to. */
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  if (isOffer(event)) offer = event;
});

export const installOffer = (): InstallOffer | undefined => offer;
