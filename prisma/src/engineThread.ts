import { parentPort, Worker, workerData } from 'node:worker_threads';

type Answer<T> = { readonly result: T } | { readonly error: string };

/**
 * Runs a job for the schema engine in a thread: its memory comes back when the thread ends, and an ES module
 * loads there even where the caller cannot load one (inside Jest). The script answers by `answerWith`. Gives its
 * result; rejects with its error's message.
 */
export function runEngineThread<T>(script: string, job: unknown): Promise<T> {
  const worker = new Worker(script, { workerData: job });
  return new Promise<T>((resolve, reject) => {
    worker.once('message', (answer: Answer<T>) => {
      if ('error' in answer) {
        reject(new Error(answer.error));
      } else {
        resolve(answer.result);
      }
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The schema engine ended without an answer.')));
  }).finally(() => worker.terminate());
}

/** Does the job that this thread was started with, which must be what `work` takes, and answers. */
export function answerWith<T>(work: (job: never) => Promise<T>): void {
  void work(workerData as never)
    .then(
      (result): Answer<T> => ({ result }),
      (error: unknown): Answer<T> => ({ error: messageOf(error) }),
    )
    .then((answer) => parentPort?.postMessage(answer));
}

/** The engine adds its own stack, in lines that begin with a number; it helps nobody here. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\n +0: [^]*$/, '').trim();
}
