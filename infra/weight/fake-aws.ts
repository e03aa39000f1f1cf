import { createServer } from 'node:http';

/** As little as each client takes for an answer. What is asked of a service that is not here is refused, and not asked again. */
const EMPTY: Record<string, unknown> = {
  GetItem: {},
  BatchGetItem: { Responses: {}, UnprocessedKeys: {} },
  Query: { Items: [], Count: 0, ScannedCount: 0 },
  UpdateItem: {},
  TransactWriteItems: {},
  PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: '1' }] },
  SendMessage: { MessageId: '1' },
};

/** An endpoint of every AWS service on 127.0.0.1 where nothing is stored. `asked`: the services that were spoken to since it was last called. */
export const fakeAws = async () => {
  const services = new Set<string>();
  const server = createServer((request, response) => {
    const [, service = 'unsigned'] =
      /Credential=[^/]+\/\d+\/[^/]+\/([\w-]+)\//.exec(request.headers.authorization ?? '') ?? [];
    services.add(service);
    const [, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    // S3 speaks XML, and nothing that anybody looks for is there
    if (service === 's3') {
      request.resume().once('end', () => response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>'));
      return;
    }
    const answer = EMPTY[operation] ?? { __type: 'AccessDeniedException', message: 'nothing is stored here' };
    request.resume().once('end', () => {
      response.writeHead(operation in EMPTY ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: (): string[] => {
      const all = [...services].toSorted();
      services.clear();
      return all;
    },
    close: () => server.close(),
  };
};
export type FakeAws = Awaited<ReturnType<typeof fakeAws>>;
