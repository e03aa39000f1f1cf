/** The host cannot start and a person can do something about it: the message says what. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** Tells a taken port by its purpose and what to do. */
export const portRefused = (error: unknown, port: number, variable: 'PORT' | 'MQTT_PORT'): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new StartRefused(
      `Port ${port} on 127.0.0.1 is taken. Stop the program that has it (another HEMS host?), or start with another: ${variable}=${port + 1} npm start`,
      { cause: error },
    );
  if (code === 'EACCES')
    return new StartRefused(
      `Port ${port} may not be used by this user. Take one above 1023: ${variable}=8000 npm start`,
      {
        cause: error,
      },
    );
  return error;
};
