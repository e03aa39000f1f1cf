/** A resident's application to a programme of the government, as its office handles it. `rejected` and `paid` are final. */
export const APPLICATION_STATES = ['applied', 'under-review', 'approved', 'rejected', 'paid'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

const NEXT: Readonly<Record<ApplicationState, readonly ApplicationState[]>> = {
  applied: ['under-review'],
  'under-review': ['approved', 'rejected'],
  approved: ['paid'],
  rejected: [],
  paid: [],
};

/** Whether the office may move an application so. To where it is already is no move. */
export const mayMove = (from: ApplicationState, to: ApplicationState): boolean => NEXT[from].includes(to);
