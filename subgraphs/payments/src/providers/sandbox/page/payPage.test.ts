import { requireEngine } from '@foyer/platform/testing';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '@foyer/platform';
import { createHarness, type Harness } from '../../../testing/createHarness.js';
import { choose, letTimePass, payable, settled } from '../../../testing/steps.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

describe('the pay page', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await createHarness();
  });

  afterAll(() => harness.stop());

  const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

  test('says how much, what for, until when, and what can be done', async () => {
    const { payUrl } = await payable(harness);
    const answer = await fetch(payUrl);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'`);
    const text = await answer.text();
    for (const part of [
      '125.00 USD',
      '2 × Standing, The Long Night',
      'min',
      'value="pay"',
      'value="decline"',
      'value="abandon"',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/<html lang="en">[^]*<main>/);
    // Complete in itself.
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('what was typed is harmless', async () => {
    const { payUrl } = await payable(harness, { description: `<script>alert(1)</script> & "quotes"` });
    const text = await textOf(payUrl);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;');
    expect(text).not.toContain('<script>alert');
  });

  test('paid once, also when pressed five times at once', async () => {
    const { payUrl, paymentId } = await payable(harness);
    await Promise.all(Array.from({ length: 5 }, () => choose(payUrl, 'pay')));
    expect(await textOf(payUrl)).toContain('Paid');
    await settled(harness, paymentId, 'COMPLETED');
    const { rowCount } = await harness.pool.query(
      `select from sandbox_webhook where body like '%' || $1 || '%'`,
      [paymentId],
    );
    expect(rowCount).toBe(1);
    await choose(payUrl, 'decline');
    expect(await textOf(payUrl)).toContain('Paid');
  });

  test('declined is for good', async () => {
    const { payUrl, paymentId } = await payable(harness);
    await choose(payUrl, 'decline');
    await settled(harness, paymentId, 'FAILED');
    await choose(payUrl, 'pay');
    expect(await textOf(payUrl)).toContain('Declined');
  });

  test('leaving changes nothing: it can still be paid', async () => {
    const { payUrl, paymentId } = await payable(harness);
    const left = await choose(payUrl, 'abandon');
    const there = new URL(left.headers.get('location') ?? '', payUrl).href;
    expect(await textOf(there)).toContain('You left without paying');
    await choose(payUrl, 'pay');
    await settled(harness, paymentId, 'COMPLETED');
    expect(await textOf(there)).toContain('Paid');
  });

  test('closes with its time, and says so', async () => {
    const { payUrl, paymentId } = await payable(harness);
    await letTimePass(harness, paymentId, 'page');
    await choose(payUrl, 'pay');
    expect(await textOf(payUrl)).toContain('This page is closed');
    await settled(harness, paymentId, 'PENDING');
  });

  test('an address that leads nowhere says so', async () => {
    for (const id of [newId(), 'x', `'; drop table`]) {
      const answer = await fetch(`${harness.url}/pay/${encodeURIComponent(id)}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('There is no such payment');
    }
    expect((await choose(`${harness.url}/pay/x`, 'pay')).status).toBe(404);
  });

  test('what it does not offer is refused with what it does', async () => {
    const { payUrl } = await payable(harness);
    for (const choice of ['steal', 'constructor', '__proto__', 'toString', '']) {
      const answer = await choose(payUrl, choice);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('choice=pay');
    }
  });

  requireEngine('Chromium', CHROMIUM !== undefined)('in a browser', () => {
    test('is drawn, and counts down', async () => {
      const { payUrl } = await payable(harness);
      const folder = mkdtempSync(join(tmpdir(), 'foyer-pay-page-'));
      const picture = join(folder, 'page.png');
      const flags = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--window-size=800,900',
        `--user-data-dir=${folder}`,
      ];
      const run = promisify(execFile);
      try {
        await run(CHROMIUM as string, [...flags, `--screenshot=${picture}`, payUrl], { timeout: 50_000 });
        expect(statSync(picture).size).toBeGreaterThan(5000);
        const { stdout } = await run(CHROMIUM as string, [
          ...flags,
          '--virtual-time-budget=90000',
          '--dump-dom',
          payUrl,
        ]);
        // Ninety seconds of the browser's time later.
        expect(stdout).toMatch(/id="left"[^>]*>1[12] min/);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});

test('outside of development nobody can have money arrive late', async () => {
  const harness = await createHarness({ development: false, environment: { PAYMENTS_SANDBOX: 'true' } });
  try {
    const { payUrl, paymentId } = await payable(harness);
    expect((await choose(payUrl, 'late')).status).toBe(400);
    await letTimePass(harness, paymentId, 'page');
    expect(await (await fetch(payUrl)).text()).not.toContain('value="late"');
  } finally {
    await harness.stop();
  }
});
