import type { BuiltInText } from '../messageDefinition.js';
import type { ReservationMessageName } from '../reservation/reservationMessages.js';

const PLACE = `<table><tr><td>Wann</td><td><strong>{{startsAt}}</strong></td></tr><tr><td>Für</td><td>{{party}}</td></tr><tr><td>Wo</td><td>{{areaName}}, {{address}}</td></tr><tr><td>Code</td><td><strong>{{code}}</strong></td></tr></table>`;
const PLACE_TEXT = 'Wann: {{startsAt}}\nFür: {{party}}\nWo: {{areaName}}, {{address}}\nCode: {{code}}\n';
const STAFF = `<table><tr><td>Wann</td><td><strong>{{startsAt}}</strong></td></tr><tr><td>Gast</td><td>{{guestName}}, {{party}}</td></tr><tr><td>Bereich</td><td>{{areaName}}</td></tr><tr><td>Code</td><td>{{code}}</td></tr></table>`;
const STAFF_TEXT =
  'Wann: {{startsAt}}\nGast: {{guestName}}, {{party}}\nBereich: {{areaName}}\nCode: {{code}}\n';

const LINKS = `{{#if reservationLink}}<p><a href="{{reservationLink}}">Ihre Reservierung</a> · <a href="{{changeLink}}">Ändern</a> · <a href="{{cancelLink}}">Stornieren</a></p>{{/if}}`;
const LINKS_TEXT =
  '{{#if reservationLink}}\nIhre Reservierung: {{reservationLink}}\nÄndern: {{changeLink}}\nStornieren: {{cancelLink}}\n{{/if}}';

/** Messages about tables in German. */
export const GERMAN_MESSAGES: Readonly<Record<ReservationMessageName, BuiltInText>> = {
  'reservation-confirmed': {
    subject: 'Ihr Tisch im {{restaurantName}}: {{startsAt}}',
    html: `<p>Guten Tag {{name}},</p><p>Ihr Tisch im <strong>{{restaurantName}}</strong> ist reserviert.</p>${PLACE}<p>{{terms}}</p><p>Die Kalenderdatei trägt ihn in Ihren Kalender ein. Zum Ändern oder Stornieren nennen Sie den Code.</p>${LINKS}`,
    text: `Guten Tag {{name}},\n\nIhr Tisch im {{restaurantName}} ist reserviert.\n\n${PLACE_TEXT}\n{{terms}}\n\nDie Kalenderdatei trägt ihn in Ihren Kalender ein. Zum Ändern oder Stornieren nennen Sie den Code.\n${LINKS_TEXT}`,
    inbox: { title: 'Ihr Tisch im {{restaurantName}}', body: '{{startsAt}}, {{party}}. Code {{code}}.' },
  },
  'reservation-changed': {
    subject: 'Geändert: Ihr Tisch im {{restaurantName}}, {{startsAt}}',
    html: `<p>Guten Tag {{name}},</p><p>Ihre Reservierung im <strong>{{restaurantName}}</strong> hat sich geändert. Bisher: {{before}}. Jetzt:</p>${PLACE}<p>{{terms}}</p><p>Die Kalenderdatei ändert sie auch in Ihrem Kalender.</p>${LINKS}`,
    text: `Guten Tag {{name}},\n\nIhre Reservierung im {{restaurantName}} hat sich geändert. Bisher: {{before}}. Jetzt:\n\n${PLACE_TEXT}\n{{terms}}\n\nDie Kalenderdatei ändert sie auch in Ihrem Kalender.\n${LINKS_TEXT}`,
    inbox: { title: 'Geändert: Ihr Tisch im {{restaurantName}}', body: 'Jetzt {{startsAt}}, {{party}}.' },
  },
  'reservation-cancelled': {
    subject: 'Storniert: Ihr Tisch im {{restaurantName}}, {{startsAt}}',
    html: '<p>Guten Tag {{name}},</p><p>Ihre Reservierung <strong>{{code}}</strong> im <strong>{{restaurantName}}</strong>, {{startsAt}}, {{party}}, ist storniert. {{why}}</p>{{#if money}}<p>{{money}}</p>{{/if}}',
    text: 'Guten Tag {{name}},\n\nIhre Reservierung {{code}} im {{restaurantName}}, {{startsAt}}, {{party}}, ist storniert. {{why}}\n{{#if money}}\n{{money}}\n{{/if}}',
    inbox: {
      title: 'Storniert: Ihr Tisch im {{restaurantName}}',
      body: '{{startsAt}}, {{party}}. {{why}} {{money}}',
    },
  },
  'reservation-reminder': {
    subject: 'Bald: Ihr Tisch im {{restaurantName}}, {{startsAt}}',
    html: `<p>Guten Tag {{name}},</p><p>wir freuen uns auf Sie im <strong>{{restaurantName}}</strong>.</p>${PLACE}<p>{{terms}}</p>${LINKS}`,
    text: `Guten Tag {{name}},\n\nwir freuen uns auf Sie im {{restaurantName}}.\n\n${PLACE_TEXT}\n{{terms}}\n${LINKS_TEXT}`,
    inbox: { title: 'Bald: Ihr Tisch im {{restaurantName}}', body: '{{startsAt}}, {{party}}.' },
  },
  'reservation-missed': {
    subject: 'Wir haben Sie im {{restaurantName}} vermisst',
    html: '<p>Guten Tag {{name}},</p><p>Ihr Tisch im <strong>{{restaurantName}}</strong>, {{startsAt}}, {{party}}, blieb leer, und wir haben ihn anderen gegeben (Code {{code}}). {{money}}</p><p>Wenn Sie da waren, sagen Sie es bitte dem Restaurant.</p>',
    text: 'Guten Tag {{name}},\n\nIhr Tisch im {{restaurantName}}, {{startsAt}}, {{party}}, blieb leer, und wir haben ihn anderen gegeben (Code {{code}}). {{money}}\n\nWenn Sie da waren, sagen Sie es bitte dem Restaurant.\n',
    inbox: {
      title: 'Wir haben Sie im {{restaurantName}} vermisst',
      body: '{{startsAt}}, {{party}}. {{money}}',
    },
  },
  'deposit-failed': {
    subject: 'Ihre Anzahlung hat nicht geklappt: {{restaurantName}}',
    html: '<p>Guten Tag {{name}},</p><p>die Anzahlung von {{total}} für Ihren Tisch im <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}) hat nicht geklappt: {{reason}} Der Tisch ist bis {{payBy}} für Sie zurückgehalten; bitte zahlen Sie vorher noch einmal.</p>{{#if reservationLink}}<p><a href="{{reservationLink}}">Noch einmal zahlen</a></p>{{/if}}',
    text: 'Guten Tag {{name}},\n\ndie Anzahlung von {{total}} für Ihren Tisch im {{restaurantName}} ({{startsAt}}, {{party}}) hat nicht geklappt: {{reason}} Der Tisch ist bis {{payBy}} für Sie zurückgehalten; bitte zahlen Sie vorher noch einmal.\n{{#if reservationLink}}\nNoch einmal zahlen: {{reservationLink}}\n{{/if}}',
    inbox: {
      title: 'Ihre Anzahlung hat nicht geklappt',
      body: 'Der Tisch im {{restaurantName}} ist bis {{payBy}} für Sie zurückgehalten; bitte zahlen Sie vorher noch einmal.',
    },
  },
  'review-request': {
    subject: 'Wie war es im {{restaurantName}}?',
    html: '<p>Guten Tag {{name}},</p><p>Sie waren im <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}). Wie war es? Andere freuen sich, es zu erfahren.</p>{{#if link}}<p><a href="{{link}}">Bewertung schreiben</a></p>{{/if}}',
    text: 'Guten Tag {{name}},\n\nSie waren im {{restaurantName}} ({{startsAt}}, {{party}}). Wie war es? Andere freuen sich, es zu erfahren.\n{{#if link}}\n{{link}}\n{{/if}}',
    inbox: {
      title: 'Wie war es im {{restaurantName}}?',
      body: 'Andere freuen sich, es zu erfahren: schreiben Sie eine Bewertung.',
    },
  },
  'waitlist-offer': {
    subject: 'Im {{restaurantName}} ist ein Tisch frei: {{startsAt}}',
    html: '<p>Guten Tag {{name}},</p><p>im <strong>{{restaurantName}}</strong> ist ein Tisch frei geworden: {{startsAt}}, {{party}}, {{areaName}}. Er ist bis <strong>{{expiresAt}}</strong> für Sie zurückgehalten; danach geht er an die Nächsten.</p>',
    text: 'Guten Tag {{name}},\n\nim {{restaurantName}} ist ein Tisch frei geworden: {{startsAt}}, {{party}}, {{areaName}}. Er ist bis {{expiresAt}} für Sie zurückgehalten; danach geht er an die Nächsten.\n',
    inbox: {
      title: 'Im {{restaurantName}} ist ein Tisch frei',
      body: '{{startsAt}}, {{party}}: bis {{expiresAt}} für Sie zurückgehalten.',
    },
  },
  'waitlist-lapsed': {
    subject: 'Der Tisch im {{restaurantName}} ist an die Nächsten gegangen',
    html: '<p>Guten Tag {{name}},</p><p>der Tisch im <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}) war für Sie zurückgehalten, und niemand hat ihn genommen; er ist an die Nächsten gegangen. Sie können gern wieder warten.</p>',
    text: 'Guten Tag {{name}},\n\nder Tisch im {{restaurantName}} ({{startsAt}}, {{party}}) war für Sie zurückgehalten, und niemand hat ihn genommen; er ist an die Nächsten gegangen. Sie können gern wieder warten.\n',
    inbox: {
      title: 'Der Tisch im {{restaurantName}} ist an die Nächsten gegangen',
      body: '{{startsAt}}, {{party}}. Sie können gern wieder warten.',
    },
  },
  'staff-reservation-new': {
    subject: 'Neu im {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>Eine neue Reservierung im <strong>{{restaurantName}}</strong>.</p>${STAFF}`,
    text: `Eine neue Reservierung im {{restaurantName}}.\n\n${STAFF_TEXT}`,
    inbox: { title: 'Neu im {{restaurantName}}', body: '{{startsAt}}, {{party}}, {{guestName}}.' },
  },
  'staff-reservation-changed': {
    subject: 'Geändert im {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>Eine Reservierung im <strong>{{restaurantName}}</strong> hat sich geändert. Bisher: {{before}}. Jetzt:</p>${STAFF}`,
    text: `Eine Reservierung im {{restaurantName}} hat sich geändert. Bisher: {{before}}. Jetzt:\n\n${STAFF_TEXT}`,
    inbox: {
      title: 'Geändert im {{restaurantName}}',
      body: 'Jetzt {{startsAt}}, {{party}}, {{guestName}}; bisher {{before}}.',
    },
  },
  'staff-reservation-cancelled': {
    subject: 'Storniert im {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>Eine Reservierung im <strong>{{restaurantName}}</strong> ist storniert. {{why}}</p>${STAFF}`,
    text: `Eine Reservierung im {{restaurantName}} ist storniert. {{why}}\n\n${STAFF_TEXT}`,
    inbox: {
      title: 'Storniert im {{restaurantName}}',
      body: '{{startsAt}}, {{party}}, {{guestName}}. {{why}}',
    },
  },
};
