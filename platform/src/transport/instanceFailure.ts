/** One instance of a subgraph gave no answer. */
export class InstanceFailure extends Error {
  override readonly name = 'InstanceFailure';

  /**
   * @param received whether the instance may have received the request, and so may have done it. False when no connection
   * was made, and when the instance said that it is not ready.
   */
  constructor(
    message: string,
    readonly received: boolean,
  ) {
    super(message);
  }
}
