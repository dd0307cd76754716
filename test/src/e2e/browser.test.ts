import { requireEngine, waitUntil } from '@foyer/platform/testing';
import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from '../harness/browser.js';
import { checkInvariants } from '../harness/checkInvariants.js';
import { orderIs, readOrder, toPay } from '../harness/purchase.js';
import { newEventOnSale, newPerson, type Person } from '../harness/story.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';

requireEngine('chromium', CHROMIUM !== null)('in the browser', () => {
  let system: TestSystem;
  let organizer: Person;
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: [...CHROMIUM_ARGUMENTS] });
    system = await startTestSystem();
    organizer = await newPerson(system, 'Organizer');
  });

  afterAll(async () => {
    await browser.close();
    expect(await checkInvariants(system.variables)).toEqual([]);
    await system.stop();
  });

  const opened = async (url: string | null | undefined) => {
    const page = await browser.newPage();
    await page.goto(url ?? '');
    return page;
  };

  it('somebody pays on the pay page, and the order is complete', async () => {
    const offer = await newEventOnSale(system, organizer, { total: 2, price: 1999 });
    const buyer = await newPerson(system);
    const order = await toPay(buyer, offer, { quantity: 2 });
    const page = await opened(order.payment?.payUrl);
    expect(await page.textContent('body')).toContain('42.78 USD');
    await page.getByRole('button', { name: /^Pay/ }).click();
    await orderIs(buyer, order.id, 'COMPLETED');
    await page.close();
  });

  it('somebody declines there, without JavaScript too', async () => {
    const offer = await newEventOnSale(system, organizer);
    const buyer = await newPerson(system);
    const order = await toPay(buyer, offer);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(order.payment?.payUrl ?? '');
    await page.getByRole('button', { name: /^Decline/ }).click();
    await waitUntil(
      async () => (await readOrder(buyer, order.id)).payment?.status === 'FAILED',
      'the decline',
    );
    await context.close();
  });

  it('the endpoint is explored where there is no internet', async () => {
    const { eventId } = await newEventOnSale(system, organizer);
    const page = await opened(`${system.addresses.gateway}/graphiql`);
    await page.locator('.graphiql-query-editor').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(`{ event(id: "${eventId}") { name } }`);
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.getByText('Night of the Lanterns').first().waitFor();
    await page.close();
  });
});
