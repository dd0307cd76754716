import { IANAZone } from 'luxon';
import { timeZoneBlock } from './timeZoneBlock.js';

/** What a block says, as calendars read it (RFC 5545 §3.6.5): from when on which offset holds, in minutes. */
function onsetsIn(block: string): readonly { readonly at: number; readonly offset: number }[] {
  const form = /DTSTART:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00\r\nTZOFFSETFROM:(\S+)\r\nTZOFFSETTO:(\S+)/g;
  return [...block.matchAll(form)].map(([, year, month, day, hour, minute, from = '', to = '']) => ({
    at: Date.parse(`${year}-${month}-${day}T${hour}:${minute}Z`) - minutesOf(from) * 60_000,
    offset: minutesOf(to),
  }));
}

const minutesOf = (text: string): number =>
  (text.startsWith('-') ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(3, 5)));

test.each([
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'America/Vancouver',
  'America/Edmonton',
  'America/St_Johns',
  'Europe/Berlin',
  'Europe/Dublin',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
])('what a block says of %s is what the runtime says, around the entry', (timeZone) => {
  const from = Date.UTC(2026, 5, 1);
  const onsets = onsetsIn(timeZoneBlock(timeZone, new Date(from), new Date(from + 7_200_000)) ?? '');
  const zone = IANAZone.create(timeZone);
  const wrong: Date[] = [];
  for (let at = from - 300 * 86_400_000; at < from + 300 * 86_400_000; at += 5_400_000) {
    const said = onsets.findLast((onset) => onset.at <= at)?.offset;
    if (said !== zone.offset(at)) wrong.push(new Date(at));
  }
  expect(wrong).toEqual([]);
});

test('a zone that there is none of has none', () => {
  expect(timeZoneBlock('Mars/Olympus', new Date(), new Date())).toBeNull();
});
