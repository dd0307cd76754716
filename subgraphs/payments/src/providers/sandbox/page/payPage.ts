import { formatMoney } from '@foyer/platform';
import type { SandboxSession } from '../books/session.js';
import { countdownScript } from './countdownScript.js';
import { html, type Html } from './html.js';
import { pageStyle } from './pageStyle.js';
import { timeLeft } from './timeLeft.js';

/** How the page is shown. */
export interface PayPageView {
  /** The payer has just chosen to leave without paying. */
  readonly left: boolean;
  /** Offers to have the money arrive although the page is closed. */
  readonly development: boolean;
  /** What the page's own style and script are allowed by. */
  readonly nonce: string;
}

/** SANDBOX's pay page: complete in itself, usable without JavaScript. */
export function payPage(session: SandboxSession, view: PayPageView): string {
  const money = formatMoney({ amount: Number(session.amount), currency: session.currency });
  const { title, body } = contentOf(session, money, view);
  return layout(
    title,
    view.nonce,
    html`<h1 class="amount">${money}</h1>
      <p class="purpose">${session.description}</p>
      ${body}`,
  );
}

/** What is shown for an address that leads to no payment. */
export function missingPage(nonce: string): string {
  const body = html`<h1 class="state">There is no such payment</h1>
    <p class="note">
      The address is not complete, or it was never ours. Go back to your order and open the pay page from
      there.
    </p>`;
  return layout('No such payment', nonce, body);
}

interface Content {
  readonly title: string;
  readonly body: Html;
}

function contentOf(session: SandboxSession, money: string, view: PayPageView): Content {
  const state = session.status === 'OPEN' && session.late ? 'CLOSED' : session.status;
  switch (state) {
    case 'PAID':
      return ended(
        'good',
        'Paid',
        'Thank you. Your order is being completed: you can close this page and go back to it.',
      );
    case 'DECLINED':
      return ended(
        'bad',
        'Declined',
        'Nothing was charged. Go back to your order to try again, or to pay another way.',
        view,
      );
    case 'CLOSED': {
      const note = 'The time to pay is over, or the order was cancelled. Nothing was charged.';
      return ended('bad', 'This page is closed', note, view);
    }
    case 'OPEN':
      return view.left ? leaving(session) : paying(session, money, view);
  }
}

function paying({ secondsLeft, expiresAt }: SandboxSession, money: string, { nonce }: PayPageView): Content {
  const body = html`<p class="left">
      Time left to pay:
      <strong id="left" role="timer" data-seconds="${secondsLeft}">${timeLeft(secondsLeft)}</strong><br />
      <small>The page closes at ${clockTime(expiresAt)}.</small>
    </p>
    <form method="post">
      <button class="pay" name="choice" value="pay">Pay ${money}</button>
      <button name="choice" value="decline">Decline the payment</button>
      <button class="quiet" name="choice" value="abandon">Leave without paying</button>
    </form>
    <script nonce="${nonce}">
      ${countdownScript};
    </script>`;
  return { title: `Pay ${money}`, body };
}

function leaving({ id, expiresAt }: SandboxSession): Content {
  const body = html`<h2 class="state">You left without paying</h2>
    <p class="note">Nothing was charged. You can still pay until ${clockTime(expiresAt)}.</p>
    <p><a class="button pay" href="/pay/${id}">Go on and pay</a></p>`;
  return { title: 'Not paid yet', body };
}

function ended(mood: 'good' | 'bad', heading: string, note: string, view?: PayPageView): Content {
  const late = view?.development
    ? html`<form method="post" class="test">
        <p>Only in development: money can arrive after the page has closed, as a bank transfer does.</p>
        <button class="quiet" name="choice" value="late">Let the money arrive now</button>
      </form>`
    : html``;
  const body = html`<h2 class="state ${mood}">${heading}</h2>
    <p class="note">${note}</p>
    ${late}`;
  return { title: heading, body };
}

function layout(title: string, nonce: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Foyer Sandbox</title>
        <style nonce="${nonce}">
          ${pageStyle}
        </style>
      </head>
      <body>
        <header>
          <span class="brand">Foyer <b>Sandbox</b></span
          ><span class="badge">Test payments</span>
        </header>
        <main>${body}</main>
        <footer>No real money moves here.</footer>
      </body>
    </html> `.text;
}

function clockTime(instant: Date): Html {
  const iso = instant.toISOString();
  return html`<time datetime="${iso}">${iso.slice(11, 19)} UTC</time>`;
}
