import type { ReservationWords } from '../words.js';

/** Vietnamese. */
export const VIETNAMESE: ReservationWords = {
  people: (count) => `${count} người`,
  entry: (restaurantName, party) => `${restaurantName}: bàn cho ${party}`,
  codeIs: (code) => `Mã: ${code}`,
  why: {
    BY_GUEST: 'Quý khách đã hủy.',
    BY_RESTAURANT: 'Nhà hàng đã hủy.',
    NOT_PAID_IN_TIME: 'Tiền đặt cọc không được thanh toán kịp thời nên bàn đã được mở lại cho khách khác.',
    TABLE_GONE: 'Tiền đặt cọc đến sau khi bàn đã được giao cho khách khác.',
    NOT_MADE: 'Không thể đặt bàn.',
  },
  whyForStaff: {
    BY_GUEST: 'Khách đã hủy.',
    BY_RESTAURANT: 'Nhà hàng đã hủy.',
    NOT_PAID_IN_TIME: 'Tiền đặt cọc không được thanh toán kịp thời.',
    TABLE_GONE: 'Tiền đặt cọc đến sau khi bàn đã được giao cho khách khác.',
    NOT_MADE: 'Không thể đặt bàn.',
  },
  pleaseCancel: 'Nếu không đến được, xin quý khách vui lòng hủy để nhường bàn cho khách khác.',
  policy: (deposit, freeUntil, thenPercent) =>
    `Tiền đặt cọc ${deposit} được hoàn lại toàn bộ nếu quý khách hủy trước ${freeUntil}; ` +
    (thenPercent === 0 ? 'hủy sau đó cũng vậy.' : `hủy sau đó, nhà hàng giữ lại ${thenPercent} %.`),
  depositBack: (deposit) => `Tiền đặt cọc ${deposit} được hoàn lại toàn bộ.`,
  depositKept: (deposit, percent) =>
    percent === 100
      ? `Tiền đặt cọc ${deposit} được giữ lại theo thỏa thuận khi đặt bàn.`
      : `Nhà hàng giữ lại ${percent} % tiền đặt cọc ${deposit} theo thỏa thuận khi đặt bàn; phần còn lại được hoàn trả.`,
  nobody: 'Một vị khách',
};
