import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFrontEndLinks } from './domain/createFrontEndLinks.js';

const links = createFrontEndLinks('https://shop.example.org');
const all = [
  links.order('{orderId}'),
  links.cancelOrder('{orderId}'),
  links.ticket('{ticketId}'),
  links.event('{eventId}'),
  links.reservation('{reservationId}'),
  links.changeReservation('{reservationId}'),
  links.cancelReservation('{reservationId}'),
  links.sessions(),
  links.verifyEmail('{token}'),
  links.resetPassword('{token}'),
  links.acceptInvitation('{token}'),
].map((link) => decodeURIComponent(link));

test('docs/clients.md lists every path, and no other', () => {
  const page = readFileSync(join(__dirname, '../../../docs/clients.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(\/[^`]+)`/gm)].map(([, path]) => `https://shop.example.org${path}`);
  expect(listed.sort()).toEqual([...all].sort());
});

test('what stands in a path is encoded, and without a front end there are no links', () => {
  expect(links.order('../x?y')).toBe('https://shop.example.org/orders/..%2Fx%3Fy');
  expect(links.verifyEmail('a&b')).toBe('https://shop.example.org/verify-email#token=a%26b');
  const none = createFrontEndLinks(null);
  expect([none.order('x'), none.verifyEmail('x'), none.sessions()]).toEqual(['', '', '']);
});
