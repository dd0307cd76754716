/** Where mails lead; each is empty where there is no front end. docs/clients.md lists the paths: keep the two alike. */
export interface FrontEndLinks {
  order(orderId: string): string;
  cancelOrder(orderId: string): string;
  ticket(ticketId: string): string;
  event(eventId: string): string;
  reservation(reservationId: string): string;
  changeReservation(reservationId: string): string;
  cancelReservation(reservationId: string): string;
  sessions(): string;
  verifyEmail(token: string): string;
  resetPassword(token: string): string;
  acceptInvitation(token: string): string;
}

/** @param base the front end's address without a slash at its end; null: there is none. */
export function createFrontEndLinks(base: string | null): FrontEndLinks {
  const to = (...path: readonly string[]): string =>
    base === null ? '' : [base, ...path.map(encodeURIComponent)].join('/');
  // What follows the # is not sent to servers, and so does not stand in their logs.
  const withToken = (path: string, token: string): string =>
    base === null ? '' : `${to(path)}#token=${encodeURIComponent(token)}`;
  return {
    order: (id) => to('orders', id),
    cancelOrder: (id) => to('orders', id, 'cancel'),
    ticket: (id) => to('tickets', id),
    event: (id) => to('events', id),
    reservation: (id) => to('reservations', id),
    changeReservation: (id) => to('reservations', id, 'change'),
    cancelReservation: (id) => to('reservations', id, 'cancel'),
    sessions: () => to('account', 'sessions'),
    verifyEmail: (token) => withToken('verify-email', token),
    resetPassword: (token) => withToken('reset-password', token),
    acceptInvitation: (token) => withToken('accept-invitation', token),
  };
}
