import type { MessageDefinition } from './messageDefinition.js';
import { RESERVATION_MESSAGES } from './reservation/reservationMessages.js';

const person = { name: 'Lan Nguyen' };
const event = { ...person, eventName: 'Night of the Lanterns' };
const order = { ...event, orderCode: 'K7M2QX', total: '25.00 USD' };

/** Every message by name, in English. */
export const MESSAGES = {
  welcome: {
    examples: person,
    subject: 'Welcome to Foyer',
    html: '<p>Hello {{name}},</p><p>your account is ready. Good seats!</p>',
    text: 'Hello {{name}},\n\nyour account is ready. Good seats!\n',
    inbox: { title: 'Welcome to Foyer', body: 'Your account is ready.' },
  },
  'registration-repeated': {
    examples: person,
    subject: 'You already have an account',
    html: '<p>Hello {{name}},</p><p>somebody, perhaps you, tried to register with this address. You have an account already: log in with it, or reset your password. If it was not you, there is nothing to do.</p>',
    text: 'Hello {{name}},\n\nsomebody, perhaps you, tried to register with this address. You have an account already: log in with it, or reset your password. If it was not you, there is nothing to do.\n',
    inbox: null,
  },
  'email-verification': {
    examples: {
      ...person,
      token: 'q8Jr…',
      link: 'https://shop.example.org/verify-email#token=q8Jr',
      expiresAt: 'Sat, 21 Nov 2026, 19:30 UTC',
    },
    subject: 'Verify your email address',
    html: '<p>Hello {{name}},</p><p>with this code you verify your email address:</p><p class="code">{{token}}</p>{{#if link}}<p><a href="{{link}}">Or follow this link</a></p>{{/if}}<p>It is good until {{expiresAt}}.</p>',
    text: 'Hello {{name}},\n\nwith this code you verify your email address:\n\n{{token}}\n{{#if link}}\nOr follow this link: {{link}}\n{{/if}}\nIt is good until {{expiresAt}}.\n',
    inbox: null,
  },
  'email-change': {
    examples: { ...person, token: 'q8Jr…', expiresAt: 'Sat, 21 Nov 2026, 19:30 UTC' },
    subject: 'Your new email address',
    html: '<p>Hello {{name}},</p><p>with this code you make this address that of your account:</p><p class="code">{{token}}</p><p>It is good until {{expiresAt}}. If you did not ask for it, leave it unused.</p>',
    text: 'Hello {{name}},\n\nwith this code you make this address that of your account:\n\n{{token}}\n\nIt is good until {{expiresAt}}. If you did not ask for it, leave it unused.\n',
    inbox: null,
  },
  'email-changed': {
    examples: { ...person, newEmail: 'lan@example.net' },
    subject: 'Your email address was changed',
    html: '<p>Hello {{name}},</p><p>your account has another email address now: {{newEmail}}. Mail about it goes there from now on. If it was not you, write to us at once.</p>',
    text: 'Hello {{name}},\n\nyour account has another email address now: {{newEmail}}. Mail about it goes there from now on. If it was not you, write to us at once.\n',
    inbox: {
      title: 'Your email address was changed',
      body: 'It is {{newEmail}} now. If it was not you, write to us at once.',
    },
  },
  'password-reset': {
    examples: {
      ...person,
      token: 'q8Jr…',
      link: 'https://shop.example.org/reset-password#token=q8Jr',
      expiresAt: 'Sat, 21 Nov 2026, 19:30 UTC',
    },
    subject: 'Reset your password',
    html: '<p>Hello {{name}},</p><p>with this code you set a new password:</p><p class="code">{{token}}</p>{{#if link}}<p><a href="{{link}}">Or follow this link</a></p>{{/if}}<p>It is good until {{expiresAt}}. If you did not ask for it, leave it unused: your password stays as it is.</p>',
    text: 'Hello {{name}},\n\nwith this code you set a new password:\n\n{{token}}\n{{#if link}}\nOr follow this link: {{link}}\n{{/if}}\nIt is good until {{expiresAt}}. If you did not ask for it, leave it unused: your password stays as it is.\n',
    inbox: null,
  },
  'password-changed': {
    examples: person,
    subject: 'Your password was changed',
    html: '<p>Hello {{name}},</p><p>your password was changed, and every other session ended. If it was not you, reset it at once.</p>',
    text: 'Hello {{name}},\n\nyour password was changed, and every other session ended. If it was not you, reset it at once.\n',
    inbox: {
      title: 'Your password was changed',
      body: 'Every other session ended. If it was not you, reset it at once.',
    },
  },
  'security-alert': {
    examples: {
      ...person,
      what: 'A stolen session was used and ended.',
      address: '203.0.113.7',
      at: 'Sat, 21 Nov 2026, 19:30 UTC',
    },
    subject: 'Something unusual happened with your account',
    html: '<p>Hello {{name}},</p><p>{{what}}</p><p>{{at}}, from {{address}}. If it was not you, change your password.</p>',
    text: 'Hello {{name}},\n\n{{what}}\n{{at}}, from {{address}}. If it was not you, change your password.\n',
    inbox: {
      title: 'Something unusual happened with your account',
      body: '{{what}} {{at}}, from {{address}}.',
    },
  },
  'new-device': {
    examples: {
      ...person,
      device: 'Firefox on Linux',
      address: '203.0.113.7',
      at: 'Sat, 21 Nov 2026, 19:30 UTC',
      sessionsLink: 'https://shop.example.org/account/sessions',
    },
    subject: 'You signed in on a new device',
    html: '<p>Hello {{name}},</p><p>your account was used on a device that it was not used on before:</p><table><tr><td>Device</td><td>{{device}}</td></tr><tr><td>Place</td><td>Internet address {{address}}</td></tr><tr><td>Time</td><td>{{at}}</td></tr></table><p>If this was you, there is nothing to do. If it was not, change your password: that ends every other session.</p>{{#if sessionsLink}}<p><a href="{{sessionsLink}}">See where you are signed in</a></p>{{/if}}',
    text: 'Hello {{name}},\n\nyour account was used on a device that it was not used on before:\n\nDevice: {{device}}\nPlace: Internet address {{address}}\nTime: {{at}}\n\nIf this was you, there is nothing to do. If it was not, change your password: that ends every other session.\n{{#if sessionsLink}}\nSee where you are signed in: {{sessionsLink}}\n{{/if}}',
    inbox: { title: 'You signed in on a new device', body: '{{device}}, {{at}}, from {{address}}.' },
  },
  'organization-invitation': {
    examples: {
      organizationName: 'Lantern Theatre',
      invitedBy: 'Minh Tran',
      role: 'EDITOR',
      token: 'q8Jr…',
      link: 'https://shop.example.org/accept-invitation#token=q8Jr',
      expiresAt: 'Sat, 28 Nov 2026, 19:30 UTC',
    },
    subject: '{{invitedBy}} invites you to {{organizationName}}',
    html: '<p>{{invitedBy}} invites you to {{organizationName}} as {{role}}. Log in, or register with this address, and accept with this code:</p><p class="code">{{token}}</p>{{#if link}}<p><a href="{{link}}">Or follow this link</a></p>{{/if}}<p>It is good until {{expiresAt}}.</p>',
    text: '{{invitedBy}} invites you to {{organizationName}} as {{role}}. Log in, or register with this address, and accept with this code:\n\n{{token}}\n{{#if link}}\nOr follow this link: {{link}}\n{{/if}}\nIt is good until {{expiresAt}}.\n',
    inbox: null,
  },
  'your-turn': {
    examples: {
      ...event,
      expiresAt: 'Saturday 21 November 2026 at 19:30',
      eventLink: 'https://shop.example.org/events/1',
    },
    subject: 'It is your turn: {{eventName}}',
    html: '<p>Hello {{name}},</p><p>it is your turn for <strong>{{eventName}}</strong>. Choose your tickets until {{expiresAt}} (time of the venue); after that the turn passes on.</p>{{#if eventLink}}<p><a href="{{eventLink}}">Choose tickets</a></p>{{/if}}',
    text: 'Hello {{name}},\n\nit is your turn for {{eventName}}. Choose your tickets until {{expiresAt}} (time of the venue); after that the turn passes on.\n{{#if eventLink}}\nChoose tickets: {{eventLink}}\n{{/if}}',
    inbox: {
      title: 'It is your turn',
      body: 'Choose your tickets for {{eventName}} until {{expiresAt}} (time of the venue).',
    },
  },
  'sale-over': {
    examples: { ...event, why: 'Everything is sold.' },
    subject: 'The sale is over: {{eventName}}',
    html: '<p>Hello {{name}},</p><p>{{why}} The line for <strong>{{eventName}}</strong> is over. We are sorry that it was not for you this time.</p>',
    text: 'Hello {{name}},\n\n{{why}} The line for {{eventName}} is over. We are sorry that it was not for you this time.\n',
    inbox: { title: 'The sale is over', body: '{{why}} The line for {{eventName}} is over.' },
  },
  'order-confirmed': {
    examples: {
      ...order,
      venueName: 'Lantern Theatre',
      startsAt: 'Saturday, 5 December 2026 at 20:00',
      lines: [{ quantity: '2', lineName: 'Balcony', unitPrice: '12.50 USD', lineTotal: '25.00 USD' }],
      charges: [{ chargeName: 'Tax', charge: '1.75 USD' }],
      includedTax: '0.30 USD',
      orderLink: 'https://shop.example.org/orders/1',
      cancelLink: 'https://shop.example.org/orders/1/cancel',
      tickets: [
        {
          ticketName: 'Balcony',
          ticketCode: 'V500X7…',
          ticketShortCode: 'K7PM4XQ2',
          ticketImage: 'cid:ticket-1',
          ticketLink: 'https://shop.example.org/tickets/1',
        },
      ],
    },
    subject: 'Your tickets for {{eventName}}',
    html: '<p>Hello {{name}},</p><p>order <strong>{{orderCode}}</strong> is complete. See you at <strong>{{eventName}}</strong>, {{startsAt}}, {{venueName}}.</p><table>{{#each lines}}<tr><td>{{quantity}} ×</td><td>{{lineName}}, {{unitPrice}} each</td><td>{{lineTotal}}</td></tr>{{/each}}{{#each charges}}<tr><td></td><td>{{chargeName}}</td><td>{{charge}}</td></tr>{{/each}}<tr><td></td><td><strong>Total</strong></td><td><strong>{{total}}</strong></td></tr>{{#if includedTax}}<tr><td></td><td>of it tax</td><td>{{includedTax}}</td></tr>{{/if}}</table>{{#each tickets}}<div class="ticket"><p><strong>{{ticketName}}</strong></p><img src="{{ticketImage}}" alt="Code of this ticket" width="220" height="220"><p class="code">{{ticketShortCode}}</p>{{#if ticketLink}}<p><a href="{{ticketLink}}">Open this ticket</a></p>{{/if}}</div>{{/each}}<p>Show a ticket\'s picture at the door, or say the code below it; each is good for one person, once.</p>{{#if orderLink}}<p><a href="{{orderLink}}">Your order</a></p>{{/if}}{{#if cancelLink}}<p><a href="{{cancelLink}}">Cancel it</a></p>{{/if}}',
    text: 'Hello {{name}},\n\norder {{orderCode}} is complete. See you at {{eventName}}, {{startsAt}}, {{venueName}}.\n\n{{#each lines}}{{quantity}} x {{lineName}}, {{unitPrice}} each: {{lineTotal}}\n{{/each}}{{#each charges}}{{chargeName}}: {{charge}}\n{{/each}}Total: {{total}}\n{{#if includedTax}}of it tax: {{includedTax}}\n{{/if}}\nYour tickets; each code is good for one person, once:\n{{#each tickets}}\n{{ticketName}}\n{{ticketShortCode}}\n{{#if ticketLink}}{{ticketLink}}\n{{/if}}{{/each}}{{#if orderLink}}\nYour order: {{orderLink}}\n{{/if}}{{#if cancelLink}}\nTo cancel it: {{cancelLink}}\n{{/if}}',
    inbox: { title: 'Your tickets for {{eventName}}', body: 'Order {{orderCode}} is complete.' },
  },
  'payment-failed': {
    examples: {
      ...order,
      reason: 'The card was declined.',
      payBy: 'Saturday 21 November 2026 at 19:30',
      orderLink: 'https://shop.example.org/orders/1',
    },
    subject: 'Your payment did not go through: {{eventName}}',
    html: '<p>Hello {{name}},</p><p>the payment of {{total}} for order <strong>{{orderCode}}</strong> ({{eventName}}) did not go through: {{reason}} Your tickets are held until {{payBy}} (time of the venue); pay again before that.</p>{{#if orderLink}}<p><a href="{{orderLink}}">Pay again</a></p>{{/if}}',
    text: 'Hello {{name}},\n\nthe payment of {{total}} for order {{orderCode}} ({{eventName}}) did not go through: {{reason}} Your tickets are held until {{payBy}} (time of the venue); pay again before that.\n{{#if orderLink}}\nPay again: {{orderLink}}\n{{/if}}',
    inbox: {
      title: 'Your payment did not go through',
      body: 'Your tickets for {{eventName}} are held until {{payBy}} (time of the venue); pay again before that.',
    },
  },
  'order-cancelled': {
    examples: { ...order, why: 'It was not paid in time.', orderLink: 'https://shop.example.org/orders/1' },
    subject: 'Order {{orderCode}} is cancelled',
    html: '<p>Hello {{name}},</p><p>order <strong>{{orderCode}}</strong> ({{eventName}}, {{total}}) is cancelled. {{why}}</p>{{#if orderLink}}<p><a href="{{orderLink}}">Your order</a></p>{{/if}}',
    text: 'Hello {{name}},\n\norder {{orderCode}} ({{eventName}}, {{total}}) is cancelled. {{why}}\n{{#if orderLink}}\nYour order: {{orderLink}}\n{{/if}}',
    inbox: { title: 'Order {{orderCode}} is cancelled', body: '{{why}} ({{eventName}})' },
  },
  refund: {
    examples: {
      ...order,
      refunded: '25.00 USD',
      reason: 'The event was cancelled.',
      orderLink: 'https://shop.example.org/orders/1',
    },
    subject: 'Your money is on its way back: order {{orderCode}}',
    html: '<p>Hello {{name}},</p><p>we are giving {{refunded}} of order <strong>{{orderCode}}</strong> ({{eventName}}) back. {{reason}}</p>{{#if orderLink}}<p><a href="{{orderLink}}">See it</a></p>{{/if}}',
    text: 'Hello {{name}},\n\nwe are giving {{refunded}} of order {{orderCode}} ({{eventName}}) back. {{reason}}\n{{#if orderLink}}\nSee it: {{orderLink}}\n{{/if}}',
    inbox: {
      title: 'Your money is on its way back',
      body: '{{refunded}} of order {{orderCode}} ({{eventName}}). {{reason}}',
    },
  },
  'ticket-received': {
    examples: {
      fromName: 'Minh Tran',
      eventName: 'Night of the Lanterns',
      ticketName: 'Balcony',
      ticketCode: 'V500X7…',
      ticketShortCode: 'K7PM4XQ2',
      ticketImage: 'cid:ticket-1',
      ticketLink: 'https://shop.example.org/tickets/1',
    },
    subject: '{{fromName}} gave you a ticket for {{eventName}}',
    html: '<p>{{fromName}} gave you a ticket for <strong>{{eventName}}</strong>.</p><div class="ticket"><p><strong>{{ticketName}}</strong></p><img src="{{ticketImage}}" alt="Code of this ticket" width="220" height="220"><p class="code">{{ticketShortCode}}</p>{{#if ticketLink}}<p><a href="{{ticketLink}}">Open this ticket</a></p>{{/if}}</div><p>Show the picture at the door, or say the code below it; it is good for one person, once.</p>',
    text: '{{fromName}} gave you a ticket for {{eventName}} ({{ticketName}}). Show this code at the door; it is good for one person, once:\n\n{{ticketShortCode}}\n{{#if ticketLink}}\nOpen it: {{ticketLink}}\n{{/if}}',
    inbox: null,
  },
  ...RESERVATION_MESSAGES,
} as const satisfies Record<string, MessageDefinition>;

/** Name of a message. */
export type MessageName = keyof typeof MESSAGES;

/** Values for a message: one for each of its placeholders. */
export type MessageValues<Name extends MessageName> = {
  readonly [
    Placeholder in keyof (typeof MESSAGES)[Name]['examples']
  ]: (typeof MESSAGES)[Name]['examples'][Placeholder] extends string
    ? string
    : readonly Readonly<Record<string, string>>[];
};

/** The definition of a message. @returns null when there is none of this name. */
export function findMessage(name: string): MessageDefinition | null {
  return Object.hasOwn(MESSAGES, name) ? MESSAGES[name as MessageName] : null;
}
