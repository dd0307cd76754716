import type { MessageDefinition } from '../messageDefinition.js';

const table = {
  name: 'Lan Nguyen',
  restaurantName: 'Bến Nghé',
  startsAt: 'Saturday 5 December 2026 at 19:00',
  party: '4 people',
};
const booked = { ...table, areaName: 'Terrace', address: '1 Quay, 550000 Da Nang', code: 'K7M2QXWA' };
const links = {
  reservationLink: 'https://shop.example.org/reservations/1',
  changeLink: 'https://shop.example.org/reservations/1/change',
  cancelLink: 'https://shop.example.org/reservations/1/cancel',
};
const terms =
  'Your deposit of 40.00 USD goes back in full if you cancel before Friday 4 December 2026 at 19:00.';
const before = 'Friday 4 December 2026 at 18:30, 2 people, Main room';
const staff = {
  restaurantName: table.restaurantName,
  guestName: table.name,
  startsAt: table.startsAt,
  party: table.party,
  areaName: booked.areaName,
  code: booked.code,
};
const PLACE = `<table><tr><td>When</td><td><strong>{{startsAt}}</strong></td></tr><tr><td>For</td><td>{{party}}</td></tr><tr><td>Where</td><td>{{areaName}}, {{address}}</td></tr><tr><td>Code</td><td><strong>{{code}}</strong></td></tr></table>`;
const PLACE_TEXT = 'When: {{startsAt}}\nFor: {{party}}\nWhere: {{areaName}}, {{address}}\nCode: {{code}}\n';
const STAFF = `<table><tr><td>When</td><td><strong>{{startsAt}}</strong></td></tr><tr><td>Guest</td><td>{{guestName}}, {{party}}</td></tr><tr><td>Area</td><td>{{areaName}}</td></tr><tr><td>Code</td><td>{{code}}</td></tr></table>`;
const STAFF_TEXT =
  'When: {{startsAt}}\nGuest: {{guestName}}, {{party}}\nArea: {{areaName}}\nCode: {{code}}\n';

const LINKS = `{{#if reservationLink}}<p><a href="{{reservationLink}}">Your reservation</a> · <a href="{{changeLink}}">Change it</a> · <a href="{{cancelLink}}">Cancel it</a></p>{{/if}}`;
const LINKS_TEXT =
  '{{#if reservationLink}}\nYour reservation: {{reservationLink}}\nChange it: {{changeLink}}\nCancel it: {{cancelLink}}\n{{/if}}';

/** Messages about tables: to guests, and to a restaurant's staff (`staff-…`). */
export const RESERVATION_MESSAGES = {
  'reservation-confirmed': {
    examples: { ...booked, ...links, terms },
    subject: 'Your table at {{restaurantName}}: {{startsAt}}',
    html: `<p>Hello {{name}},</p><p>your table at <strong>{{restaurantName}}</strong> is reserved.</p>${PLACE}<p>{{terms}}</p><p>The calendar file brings it into your calendar. To change or cancel, name the code.</p>${LINKS}`,
    text: `Hello {{name}},\n\nyour table at {{restaurantName}} is reserved.\n\n${PLACE_TEXT}\n{{terms}}\n\nThe calendar file brings it into your calendar. To change or cancel, name the code.\n${LINKS_TEXT}`,
    inbox: { title: 'Your table at {{restaurantName}}', body: '{{startsAt}}, {{party}}. Code {{code}}.' },
  },
  'reservation-changed': {
    examples: { ...booked, ...links, before, terms },
    subject: 'Changed: your table at {{restaurantName}}, {{startsAt}}',
    html: `<p>Hello {{name}},</p><p>your reservation at <strong>{{restaurantName}}</strong> has changed. It was: {{before}}. It is now:</p>${PLACE}<p>{{terms}}</p><p>The calendar file changes it in your calendar too.</p>${LINKS}`,
    text: `Hello {{name}},\n\nyour reservation at {{restaurantName}} has changed. It was: {{before}}. It is now:\n\n${PLACE_TEXT}\n{{terms}}\n\nThe calendar file changes it in your calendar too.\n${LINKS_TEXT}`,
    inbox: { title: 'Changed: your table at {{restaurantName}}', body: 'Now {{startsAt}}, {{party}}.' },
  },
  'reservation-cancelled': {
    examples: {
      ...table,
      code: booked.code,
      why: 'You cancelled it.',
      money: 'Your deposit of 40.00 USD goes back in full.',
    },
    subject: 'Cancelled: your table at {{restaurantName}}, {{startsAt}}',
    html: '<p>Hello {{name}},</p><p>your reservation <strong>{{code}}</strong> at <strong>{{restaurantName}}</strong>, {{startsAt}}, {{party}}, is cancelled. {{why}}</p>{{#if money}}<p>{{money}}</p>{{/if}}',
    text: 'Hello {{name}},\n\nyour reservation {{code}} at {{restaurantName}}, {{startsAt}}, {{party}}, is cancelled. {{why}}\n{{#if money}}\n{{money}}\n{{/if}}',
    inbox: {
      title: 'Cancelled: your table at {{restaurantName}}',
      body: '{{startsAt}}, {{party}}. {{why}} {{money}}',
    },
  },
  'reservation-reminder': {
    examples: { ...booked, ...links, terms },
    subject: 'Soon: your table at {{restaurantName}}, {{startsAt}}',
    html: `<p>Hello {{name}},</p><p>we look forward to seeing you at <strong>{{restaurantName}}</strong>.</p>${PLACE}<p>{{terms}}</p>${LINKS}`,
    text: `Hello {{name}},\n\nwe look forward to seeing you at {{restaurantName}}.\n\n${PLACE_TEXT}\n{{terms}}\n${LINKS_TEXT}`,
    inbox: { title: 'Soon: your table at {{restaurantName}}', body: '{{startsAt}}, {{party}}.' },
  },
  'reservation-missed': {
    examples: { ...table, code: booked.code, money: 'Your deposit of 40.00 USD is kept.' },
    subject: 'We missed you at {{restaurantName}}',
    html: '<p>Hello {{name}},</p><p>your table at <strong>{{restaurantName}}</strong>, {{startsAt}}, {{party}}, stayed empty, and we have given it to others (code {{code}}). {{money}}</p><p>If you were there, please tell the restaurant.</p>',
    text: 'Hello {{name}},\n\nyour table at {{restaurantName}}, {{startsAt}}, {{party}}, stayed empty, and we have given it to others (code {{code}}). {{money}}\n\nIf you were there, please tell the restaurant.\n',
    inbox: { title: 'We missed you at {{restaurantName}}', body: '{{startsAt}}, {{party}}. {{money}}' },
  },
  'deposit-failed': {
    examples: {
      ...table,
      total: '40.00 USD',
      reason: 'The card was declined.',
      payBy: 'Friday 4 December 2026 at 10:15',
      reservationLink: links.reservationLink,
    },
    subject: 'Your deposit did not go through: {{restaurantName}}',
    html: '<p>Hello {{name}},</p><p>the deposit of {{total}} for your table at <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}) did not go through: {{reason}} The table is held until {{payBy}}; pay again before that.</p>{{#if reservationLink}}<p><a href="{{reservationLink}}">Pay again</a></p>{{/if}}',
    text: 'Hello {{name}},\n\nthe deposit of {{total}} for your table at {{restaurantName}} ({{startsAt}}, {{party}}) did not go through: {{reason}} The table is held until {{payBy}}; pay again before that.\n{{#if reservationLink}}\nPay again: {{reservationLink}}\n{{/if}}',
    inbox: {
      title: 'Your deposit did not go through',
      body: 'The table at {{restaurantName}} is held until {{payBy}}; pay again before that.',
    },
  },
  'review-request': {
    examples: { ...table, link: 'https://foyer.example/review/0198c0de-0000-7000-8000-000000000001' },
    subject: 'How was {{restaurantName}}?',
    html: '<p>Hello {{name}},</p><p>you were at <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}). How was it? Others will be glad to know.</p>{{#if link}}<p><a href="{{link}}">Write a review</a></p>{{/if}}',
    text: 'Hello {{name}},\n\nyou were at {{restaurantName}} ({{startsAt}}, {{party}}). How was it? Others will be glad to know.\n{{#if link}}\n{{link}}\n{{/if}}',
    inbox: { title: 'How was {{restaurantName}}?', body: 'Others will be glad to know: write a review.' },
  },
  'waitlist-offer': {
    examples: { ...table, areaName: booked.areaName, expiresAt: 'Friday 4 December 2026 at 10:15' },
    subject: 'A table at {{restaurantName}} is free: {{startsAt}}',
    html: '<p>Hello {{name}},</p><p>a table at <strong>{{restaurantName}}</strong> has come free: {{startsAt}}, {{party}}, {{areaName}}. It is held for you until <strong>{{expiresAt}}</strong>; after that it goes to the next in line.</p>',
    text: 'Hello {{name}},\n\na table at {{restaurantName}} has come free: {{startsAt}}, {{party}}, {{areaName}}. It is held for you until {{expiresAt}}; after that it goes to the next in line.\n',
    inbox: {
      title: 'A table at {{restaurantName}} is free',
      body: '{{startsAt}}, {{party}}: held for you until {{expiresAt}}.',
    },
  },
  'waitlist-lapsed': {
    examples: table,
    subject: 'The table at {{restaurantName}} has gone to the next in line',
    html: '<p>Hello {{name}},</p><p>the table at <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}) was held for you, and nobody took it; it has gone to the next in line. You can wait again if you like.</p>',
    text: 'Hello {{name}},\n\nthe table at {{restaurantName}} ({{startsAt}}, {{party}}) was held for you, and nobody took it; it has gone to the next in line. You can wait again if you like.\n',
    inbox: {
      title: 'The table at {{restaurantName}} has gone to the next in line',
      body: '{{startsAt}}, {{party}}. You can wait again if you like.',
    },
  },
  'staff-reservation-new': {
    examples: staff,
    subject: 'New at {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>A new reservation at <strong>{{restaurantName}}</strong>.</p>${STAFF}`,
    text: `A new reservation at {{restaurantName}}.\n\n${STAFF_TEXT}`,
    inbox: { title: 'New at {{restaurantName}}', body: '{{startsAt}}, {{party}}, {{guestName}}.' },
  },
  'staff-reservation-changed': {
    examples: { ...staff, before },
    subject: 'Changed at {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>A reservation at <strong>{{restaurantName}}</strong> has changed. It was: {{before}}. It is now:</p>${STAFF}`,
    text: `A reservation at {{restaurantName}} has changed. It was: {{before}}. It is now:\n\n${STAFF_TEXT}`,
    inbox: {
      title: 'Changed at {{restaurantName}}',
      body: 'Now {{startsAt}}, {{party}}, {{guestName}}; it was {{before}}.',
    },
  },
  'staff-reservation-cancelled': {
    examples: { ...staff, why: 'Its guest cancelled it.' },
    subject: 'Cancelled at {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>A reservation at <strong>{{restaurantName}}</strong> is cancelled. {{why}}</p>${STAFF}`,
    text: `A reservation at {{restaurantName}} is cancelled. {{why}}\n\n${STAFF_TEXT}`,
    inbox: {
      title: 'Cancelled at {{restaurantName}}',
      body: '{{startsAt}}, {{party}}, {{guestName}}. {{why}}',
    },
  },
} as const satisfies Record<string, MessageDefinition>;

/** Name of a message about tables. */
export type ReservationMessageName = keyof typeof RESERVATION_MESSAGES;
