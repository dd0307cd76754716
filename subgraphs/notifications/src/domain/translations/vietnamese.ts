import type { BuiltInText } from '../messageDefinition.js';
import type { ReservationMessageName } from '../reservation/reservationMessages.js';

const PLACE = `<table><tr><td>Thời gian</td><td><strong>{{startsAt}}</strong></td></tr><tr><td>Số khách</td><td>{{party}}</td></tr><tr><td>Địa điểm</td><td>{{areaName}}, {{address}}</td></tr><tr><td>Mã</td><td><strong>{{code}}</strong></td></tr></table>`;
const PLACE_TEXT =
  'Thời gian: {{startsAt}}\nSố khách: {{party}}\nĐịa điểm: {{areaName}}, {{address}}\nMã: {{code}}\n';
const STAFF = `<table><tr><td>Thời gian</td><td><strong>{{startsAt}}</strong></td></tr><tr><td>Khách</td><td>{{guestName}}, {{party}}</td></tr><tr><td>Khu vực</td><td>{{areaName}}</td></tr><tr><td>Mã</td><td>{{code}}</td></tr></table>`;
const STAFF_TEXT =
  'Thời gian: {{startsAt}}\nKhách: {{guestName}}, {{party}}\nKhu vực: {{areaName}}\nMã: {{code}}\n';

const LINKS = `{{#if reservationLink}}<p><a href="{{reservationLink}}">Lịch đặt bàn</a> · <a href="{{changeLink}}">Đổi lịch</a> · <a href="{{cancelLink}}">Hủy lịch</a></p>{{/if}}`;
const LINKS_TEXT =
  '{{#if reservationLink}}\nLịch đặt bàn: {{reservationLink}}\nĐổi lịch: {{changeLink}}\nHủy lịch: {{cancelLink}}\n{{/if}}';

/** Messages about tables in Vietnamese. */
export const VIETNAMESE_MESSAGES: Readonly<Record<ReservationMessageName, BuiltInText>> = {
  'reservation-confirmed': {
    subject: 'Đã đặt bàn tại {{restaurantName}}: {{startsAt}}',
    html: `<p>Xin chào {{name}},</p><p>bàn của quý khách tại <strong>{{restaurantName}}</strong> đã được đặt.</p>${PLACE}<p>{{terms}}</p><p>Tệp lịch đính kèm đưa lịch hẹn vào lịch của quý khách. Khi cần đổi hoặc hủy, xin cho biết mã.</p>${LINKS}`,
    text: `Xin chào {{name}},\n\nbàn của quý khách tại {{restaurantName}} đã được đặt.\n\n${PLACE_TEXT}\n{{terms}}\n\nTệp lịch đính kèm đưa lịch hẹn vào lịch của quý khách. Khi cần đổi hoặc hủy, xin cho biết mã.\n${LINKS_TEXT}`,
    inbox: { title: 'Đã đặt bàn tại {{restaurantName}}', body: '{{startsAt}}, {{party}}. Mã {{code}}.' },
  },
  'reservation-changed': {
    subject: 'Đã đổi: bàn tại {{restaurantName}}, {{startsAt}}',
    html: `<p>Xin chào {{name}},</p><p>lịch đặt bàn của quý khách tại <strong>{{restaurantName}}</strong> đã thay đổi. Trước đây: {{before}}. Bây giờ:</p>${PLACE}<p>{{terms}}</p><p>Tệp lịch đính kèm cũng cập nhật lịch của quý khách.</p>${LINKS}`,
    text: `Xin chào {{name}},\n\nlịch đặt bàn của quý khách tại {{restaurantName}} đã thay đổi. Trước đây: {{before}}. Bây giờ:\n\n${PLACE_TEXT}\n{{terms}}\n\nTệp lịch đính kèm cũng cập nhật lịch của quý khách.\n${LINKS_TEXT}`,
    inbox: { title: 'Đã đổi: bàn tại {{restaurantName}}', body: 'Bây giờ: {{startsAt}}, {{party}}.' },
  },
  'reservation-cancelled': {
    subject: 'Đã hủy: bàn tại {{restaurantName}}, {{startsAt}}',
    html: '<p>Xin chào {{name}},</p><p>lịch đặt bàn <strong>{{code}}</strong> tại <strong>{{restaurantName}}</strong>, {{startsAt}}, {{party}}, đã bị hủy. {{why}}</p>{{#if money}}<p>{{money}}</p>{{/if}}',
    text: 'Xin chào {{name}},\n\nlịch đặt bàn {{code}} tại {{restaurantName}}, {{startsAt}}, {{party}}, đã bị hủy. {{why}}\n{{#if money}}\n{{money}}\n{{/if}}',
    inbox: {
      title: 'Đã hủy: bàn tại {{restaurantName}}',
      body: '{{startsAt}}, {{party}}. {{why}} {{money}}',
    },
  },
  'reservation-reminder': {
    subject: 'Sắp đến giờ: bàn tại {{restaurantName}}, {{startsAt}}',
    html: `<p>Xin chào {{name}},</p><p>rất mong được đón tiếp quý khách tại <strong>{{restaurantName}}</strong>.</p>${PLACE}<p>{{terms}}</p>${LINKS}`,
    text: `Xin chào {{name}},\n\nrất mong được đón tiếp quý khách tại {{restaurantName}}.\n\n${PLACE_TEXT}\n{{terms}}\n${LINKS_TEXT}`,
    inbox: { title: 'Sắp đến giờ: bàn tại {{restaurantName}}', body: '{{startsAt}}, {{party}}.' },
  },
  'reservation-missed': {
    subject: 'Quý khách đã không đến {{restaurantName}}',
    html: '<p>Xin chào {{name}},</p><p>bàn của quý khách tại <strong>{{restaurantName}}</strong>, {{startsAt}}, {{party}}, đã để trống nên chúng tôi đã nhường cho khách khác (mã {{code}}). {{money}}</p><p>Nếu quý khách đã đến, xin vui lòng báo cho nhà hàng.</p>',
    text: 'Xin chào {{name}},\n\nbàn của quý khách tại {{restaurantName}}, {{startsAt}}, {{party}}, đã để trống nên chúng tôi đã nhường cho khách khác (mã {{code}}). {{money}}\n\nNếu quý khách đã đến, xin vui lòng báo cho nhà hàng.\n',
    inbox: {
      title: 'Quý khách đã không đến {{restaurantName}}',
      body: '{{startsAt}}, {{party}}. {{money}}',
    },
  },
  'deposit-failed': {
    subject: 'Thanh toán tiền đặt cọc không thành công: {{restaurantName}}',
    html: '<p>Xin chào {{name}},</p><p>tiền đặt cọc {{total}} cho bàn tại <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}) chưa được thanh toán: {{reason}} Bàn được giữ đến {{payBy}}; xin thanh toán lại trước lúc đó.</p>{{#if reservationLink}}<p><a href="{{reservationLink}}">Thanh toán lại</a></p>{{/if}}',
    text: 'Xin chào {{name}},\n\ntiền đặt cọc {{total}} cho bàn tại {{restaurantName}} ({{startsAt}}, {{party}}) chưa được thanh toán: {{reason}} Bàn được giữ đến {{payBy}}; xin thanh toán lại trước lúc đó.\n{{#if reservationLink}}\nThanh toán lại: {{reservationLink}}\n{{/if}}',
    inbox: {
      title: 'Thanh toán tiền đặt cọc không thành công',
      body: 'Bàn tại {{restaurantName}} được giữ đến {{payBy}}; xin thanh toán lại trước lúc đó.',
    },
  },
  'review-request': {
    subject: 'Quý khách thấy {{restaurantName}} thế nào?',
    html: '<p>Xin chào {{name}},</p><p>quý khách đã dùng bữa tại <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}). Quý khách thấy thế nào? Nhận xét của quý khách sẽ giúp ích cho nhiều người.</p>{{#if link}}<p><a href="{{link}}">Viết nhận xét</a></p>{{/if}}',
    text: 'Xin chào {{name}},\n\nquý khách đã dùng bữa tại {{restaurantName}} ({{startsAt}}, {{party}}). Quý khách thấy thế nào? Nhận xét của quý khách sẽ giúp ích cho nhiều người.\n{{#if link}}\n{{link}}\n{{/if}}',
    inbox: {
      title: 'Quý khách thấy {{restaurantName}} thế nào?',
      body: 'Nhận xét của quý khách sẽ giúp ích cho nhiều người.',
    },
  },
  'waitlist-offer': {
    subject: 'Có bàn trống tại {{restaurantName}}: {{startsAt}}',
    html: '<p>Xin chào {{name}},</p><p>một bàn tại <strong>{{restaurantName}}</strong> vừa trống: {{startsAt}}, {{party}}, {{areaName}}. Bàn được giữ cho quý khách đến <strong>{{expiresAt}}</strong>; sau đó sẽ dành cho người kế tiếp.</p>',
    text: 'Xin chào {{name}},\n\nmột bàn tại {{restaurantName}} vừa trống: {{startsAt}}, {{party}}, {{areaName}}. Bàn được giữ cho quý khách đến {{expiresAt}}; sau đó sẽ dành cho người kế tiếp.\n',
    inbox: {
      title: 'Có bàn trống tại {{restaurantName}}',
      body: '{{startsAt}}, {{party}}: giữ cho quý khách đến {{expiresAt}}.',
    },
  },
  'waitlist-lapsed': {
    subject: 'Bàn tại {{restaurantName}} đã dành cho người kế tiếp',
    html: '<p>Xin chào {{name}},</p><p>bàn tại <strong>{{restaurantName}}</strong> ({{startsAt}}, {{party}}) đã được giữ cho quý khách nhưng chưa ai nhận, nên đã dành cho người kế tiếp. Quý khách có thể vào danh sách chờ lại.</p>',
    text: 'Xin chào {{name}},\n\nbàn tại {{restaurantName}} ({{startsAt}}, {{party}}) đã được giữ cho quý khách nhưng chưa ai nhận, nên đã dành cho người kế tiếp. Quý khách có thể vào danh sách chờ lại.\n',
    inbox: {
      title: 'Bàn tại {{restaurantName}} đã dành cho người kế tiếp',
      body: '{{startsAt}}, {{party}}. Quý khách có thể vào danh sách chờ lại.',
    },
  },
  'staff-reservation-new': {
    subject: 'Khách mới tại {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>Có khách đặt bàn tại <strong>{{restaurantName}}</strong>.</p>${STAFF}`,
    text: `Có khách đặt bàn tại {{restaurantName}}.\n\n${STAFF_TEXT}`,
    inbox: { title: 'Khách mới tại {{restaurantName}}', body: '{{startsAt}}, {{party}}, {{guestName}}.' },
  },
  'staff-reservation-changed': {
    subject: 'Thay đổi tại {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>Một lịch đặt bàn tại <strong>{{restaurantName}}</strong> đã thay đổi. Trước đây: {{before}}. Bây giờ:</p>${STAFF}`,
    text: `Một lịch đặt bàn tại {{restaurantName}} đã thay đổi. Trước đây: {{before}}. Bây giờ:\n\n${STAFF_TEXT}`,
    inbox: {
      title: 'Thay đổi tại {{restaurantName}}',
      body: 'Bây giờ: {{startsAt}}, {{party}}, {{guestName}}; trước đây: {{before}}.',
    },
  },
  'staff-reservation-cancelled': {
    subject: 'Hủy tại {{restaurantName}}: {{startsAt}}, {{party}}',
    html: `<p>Một lịch đặt bàn tại <strong>{{restaurantName}}</strong> đã bị hủy. {{why}}</p>${STAFF}`,
    text: `Một lịch đặt bàn tại {{restaurantName}} đã bị hủy. {{why}}\n\n${STAFF_TEXT}`,
    inbox: { title: 'Hủy tại {{restaurantName}}', body: '{{startsAt}}, {{party}}, {{guestName}}. {{why}}' },
  },
};
