/** Units were to be returned that were never sold: the caller's books are wrong. */
export class InvalidReturn extends Error {
  override readonly name = 'InvalidReturn';
}
