import { createLog } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import type { ClaimedDelivery } from '../store/deliveryStore.js';
import { createMailer } from './createMailer.js';

const delivery = (id: string): ClaimedDelivery => ({
  id,
  attempt: 1,
  mail: {
    ...{ messageId: `<${id}@foyer>`, to: 'lan@example.org', subject: id, html: '', text: '' },
    attachments: [],
    calendar: null,
  },
});

/** A mailer that sends two at once to a server which answers when the test says so. */
function world() {
  const due: ClaimedDelivery[] = [];
  const renewed: string[] = [];
  const settled: [string, string | null][] = [];
  const asked: number[] = [];
  const answers = new Map<string, (failure?: Error) => void>();
  const mailer = createMailer({
    store: {
      claim: (limit) => {
        asked.push(limit);
        return Promise.resolve(due.splice(0, limit));
      },
      renew: (claimed) => {
        renewed.push(...claimed.map(({ id }) => id));
        return Promise.resolve();
      },
      settle: ({ id }, failure) => {
        settled.push([id, failure]);
        return id === 'unsettled' ? Promise.reject(new Error('no database')) : Promise.resolve();
      },
    },
    channel: {
      atOnce: 2,
      send: ({ subject }) =>
        new Promise<void>((resolve, reject) =>
          answers.set(subject, (failure) => (failure ? reject(failure) : resolve())),
        ),
      check: () => Promise.resolve(),
      close: () => undefined,
    },
    log: createLog('test', 'silent'),
    renewMs: 1,
  });
  return {
    ...{ mailer, renewed, settled, asked, answers },
    queue(...ids: readonly string[]) {
      due.push(...ids.map(delivery));
      mailer.wake();
    },
    sends: (id: string) => waitUntil(() => answers.has(id), `the sending of ${id}`),
  };
}

test('a mail that takes long holds up no other, and no more are claimed than are sent at once', async () => {
  const { mailer, queue, sends, answers, settled, asked } = world();
  await mailer.start();
  queue('slow', 'a', 'b', 'c');
  for (const id of ['a', 'b', 'c']) {
    await sends(id);
    answers.get(id)?.();
  }
  await waitUntil(() => settled.length === 3, 'the others');
  queue('late');
  await sends('late');
  expect(Math.max(...asked)).toBe(2);
  answers.get('late')?.();
  answers.get('slow')?.(new Error('busy'));
  await mailer.stop();
  expect(settled.at(-1)?.[0] === 'slow' || settled.at(-2)?.[0] === 'slow').toBe(true);
  expect(settled).toContainEqual(['slow', 'busy']);
});

test('claims are renewed for as long as their mails are being sent, and not longer', async () => {
  const { mailer, queue, sends, answers, renewed, settled } = world();
  await mailer.start();
  queue('slow', 'quick');
  await sends('quick');
  answers.get('quick')?.();
  await waitUntil(() => settled.length === 1, 'the quick one');
  renewed.length = 0;
  await waitUntil(() => renewed.length > 2, 'renewals');
  expect(new Set(renewed)).toEqual(new Set(['slow']));
  answers.get('slow')?.();
  await mailer.stop();
});

test('what can not be settled stops nothing', async () => {
  const { mailer, queue, sends, answers, settled } = world();
  await mailer.start();
  queue('unsettled', 'a', 'b');
  await sends('unsettled');
  answers.get('unsettled')?.();
  for (const id of ['a', 'b']) {
    await sends(id);
    answers.get(id)?.();
  }
  await mailer.stop();
  expect(settled.map(([id]) => id).sort()).toEqual(['a', 'b', 'unsettled']);
});
