import { findChromium, requireEngine, waitUntil } from '@foyer/platform/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createLibrary } from '../testing/library.js';
import { createWorld, type World } from '../testing/createWorld.js';

const path = findChromium();

requireEngine('Chromium', path !== null)('GraphiQL in a browser without internet', () => {
  const library = createLibrary();
  let world: World;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    world = await createWorld(library.subgraphs);
    browser = await chromium.launch({ executablePath: path ?? '', args: ['--no-sandbox'] });
    const context = await browser.newContext();
    // Whatever is not the gateway is not there.
    await context.route(
      (url) => url.origin !== world.url,
      (route) => route.abort(),
    );
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  /** Opens GraphiQL with an operation and headers in its editors, runs it and waits for a text in the answer. */
  const run = async (query: string, headers: object, expected: string, meanwhile?: () => Promise<void>) => {
    const stored = { 'graphiql:query': query, 'graphiql:headers': JSON.stringify(headers) };
    // Text, because it runs in the page: its globals are not ours.
    await page.goto(`${world.url}/health/live`);
    await page.evaluate(
      `localStorage.clear(); for (const [name, value] of Object.entries(${JSON.stringify(stored)})) localStorage.setItem(name, value)`,
    );
    await page.goto(`${world.url}/graphiql`);
    await page.locator('button.graphiql-execute-button').click();
    await meanwhile?.();
    await page.locator('.graphiql-response', { hasText: expected }).waitFor();
  };

  test('runs a query as whoever the headers name', async () => {
    const token = await world.token({ userId: 'somebody' });
    await run('{ whoAmI }', { Authorization: `Bearer ${token}` }, 'somebody');
    expect(complaints).toEqual([]);
  });

  test('runs a subscription as whoever the headers name', async () => {
    const token = await world.token({ userId: 'r1' });
    await run(
      'subscription { loans { number book { title author { name } } } }',
      { Authorization: `Bearer ${token}` },
      'Ada',
      async () => {
        await waitUntil(() => library.loans.followers === 1);
        library.loans.publish({ reader: 'r1', book: 'b1', number: 77 });
      },
    );
    await page.goto('about:blank');
    await waitUntil(() => library.loans.followers === 0);
    expect(complaints).toEqual([]);
  });

  test('shows the operation that a link brings, and runs nothing by itself', async () => {
    await page.goto(`${world.url}/graphiql?${new URLSearchParams({ query: '{ whoAmI }' }).toString()}`);
    await page.locator('.graphiql-query-editor', { hasText: 'whoAmI' }).waitFor();
    expect(await page.locator('.graphiql-response').innerText()).not.toContain('whoAmI');
    expect(complaints).toEqual([]);
  });

  test('Apollo Sandbox, which comes from the internet, points to it', async () => {
    await page.goto(world.url);
    await page.getByRole('link', { name: 'GraphiQL' }).click();
    await page.waitForURL(`${world.url}/graphiql`);
  });
});
