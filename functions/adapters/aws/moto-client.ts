/** Client settings for the moto server that `npm run test:aws` starts. */
export const motoClient = (url: string | undefined) => {
  if (!url) throw new Error('MOTO_URL is not set; run these tests with npm run test:aws');
  return {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' },
    // One process answers everybody in turn, and shares the machine with the tests.
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 30_000 },
  };
};
