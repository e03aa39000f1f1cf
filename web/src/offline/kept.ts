/** What this browser keeps of the dashboard, for when there is no connection. It ends with the sign-in, with the home and after a week. */
export const KEPT = 'hems.dashboard';

export const forgetDashboard = (): void => localStorage.removeItem(KEPT);

/** Whoever signs in finds nothing of somebody else's. */
export const forgetOthers = (sub: string): void => {
  if (!localStorage.getItem(KEPT)?.includes(JSON.stringify(sub))) forgetDashboard();
};
