// What goes well the host says itself, in words; a line of JSON a minute would bury it. Set before the logger is made, which reads it
// once and returns to it after each call.
// eslint-disable-next-line node/no-process-env -- the logger of the runtime reads its level from nowhere else
process.env['LOG_LEVEL'] ??= 'WARN';
