import type { Duplex } from 'node:stream';

/**
 * Watches the lengths that MQTT fixed headers announce. The packet parser behind it collects whatever length a header claims
 * (up to 256 MB) before it hands anything on, so a limit has to act on the announcement.
 */
export const packetLengths = (maxBytes: number): ((chunk: Uint8Array) => number | undefined) => {
  let bodyLeft = 0;
  /** undefined: the next byte is a packet type; otherwise the weight of the next length byte */
  let weight: number | undefined;
  let length = 0;
  /** the announced length of the first packet over the limit */
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (bodyLeft > 0) {
        const step = Math.min(bodyLeft, chunk.length - at);
        bodyLeft -= step;
        at += step;
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (weight === undefined) {
        weight = 1;
        length = 0;
        continue;
      }
      length += (byte & 0x7f) * weight;
      if (length > maxBytes) return length;
      weight = byte < 0x80 ? undefined : weight * 128;
      if (weight === undefined) bodyLeft = length;
    }
    return undefined;
  };
};

/** Puts the watch in front of whoever reads `socket` by `read()`. */
export const guardPackets = (socket: Duplex, maxBytes: number, refuse: (announcedBytes: number) => void): void => {
  const over = packetLengths(maxBytes);
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    const announced = chunk instanceof Uint8Array ? over(chunk) : undefined;
    if (announced === undefined) return chunk;
    refuse(announced);
    return null;
  };
};
