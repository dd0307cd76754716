/** A message on its way to Kafka. */
export interface OutgoingMessage {
  /** As Kafka calls it. */
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: Buffer;
}

/** The most that is sent at once, in bytes before compression: what a broker takes for one partition by default. */
const LARGEST_REQUEST = 900_000;

/** Cuts messages into pieces that are sent one after the other; one that is larger than that is a piece of its own. */
export function splitMessages(messages: readonly OutgoingMessage[]): readonly (readonly OutgoingMessage[])[] {
  const pieces: OutgoingMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const piece = pieces.at(-1);
    bytes += message.value.length;
    if (piece !== undefined && bytes <= LARGEST_REQUEST) {
      piece.push(message);
    } else {
      pieces.push([message]);
      bytes = message.value.length;
    }
  }
  return pieces;
}
