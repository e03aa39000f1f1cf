import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Something the resident does, and how it fares. Nothing of it is repeated by itself. */
export type Action<Input, Answer> = {
  readonly run: (input: Input) => void;
  readonly state: 'idle' | 'busy' | 'done' | 'failed';
  readonly answer: Answer | undefined;
  readonly error: unknown;
  readonly reset: () => void;
};

type Options<Input, Answer> = {
  readonly act: (input: Input) => Promise<Answer>;
  /** first parts of the keys of the queries whose answers it changes */
  readonly changes: readonly string[];
};

const STATE = { idle: 'idle', pending: 'busy', success: 'done', error: 'failed' } as const;

export const useAction = <Input, Answer>({ act, changes }: Options<Input, Answer>): Action<Input, Answer> => {
  const client = useQueryClient();
  const { mutate, status, data, error, reset } = useMutation({
    mutationFn: act,
    // The answers are asked for again also after a failure: it may have reached the service.
    onSettled: async () => Promise.all(changes.map(async (noun) => client.invalidateQueries({ queryKey: [noun] }))),
  });
  return { run: mutate, state: STATE[status], answer: data, error, reset };
};
