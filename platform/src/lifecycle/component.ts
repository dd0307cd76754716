/** A part of a process that is started and stopped. */
export interface Component {
  readonly name: string;
  start(): Promise<void>;
  /** Finishes what is in hand, then ends. Called once, also after a failed start. */
  stop(): Promise<void>;
}

/**
 * Starts components in order. When one fails, those before it are stopped again.
 * @returns stops them all in reverse order; a failure to stop one does not keep the others running.
 */
export async function startAll(components: readonly Component[]): Promise<() => Promise<void>> {
  const started: Component[] = [];
  const stopAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const component of started.splice(0).reverse()) {
      await component.stop().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some parts did not stop cleanly');
  };
  for (const component of components) {
    started.push(component);
    try {
      await component.start();
    } catch (error) {
      await stopAll().catch(() => undefined);
      throw error;
    }
  }
  return stopAll;
}
