import { calendarFile, type CalendarEntry } from './calendarFile.js';

const entry: CalendarEntry = {
  method: 'REQUEST',
  uid: '0198c0de-0000-7000-8000-000000000001@foyer',
  sequence: 3,
  at: new Date('2026-10-01T08:00:00.000Z'),
  startsAt: new Date('2026-12-24T18:30:00.000Z'),
  endsAt: new Date('2026-12-24T20:00:00.000Z'),
  timeZone: 'Europe/Berlin',
  summary: 'Zur Laterne: table for 4 people',
  description: 'Code: K7M2QXWA',
  location: { title: 'Zur Laterne', address: 'Kai 1, 10115 Berlin', geo: { lat: 52.5, lon: 13.4 } },
  organizer: { name: 'Zur Laterne', email: 'no-reply@foyer.localhost' },
  attendee: { name: 'Lan', email: 'lan@example.org' },
};

/** Lines as they are meant, folding undone (RFC 5545 §3.1). */
const linesOf = (change: Partial<CalendarEntry> = {}): readonly string[] =>
  calendarFile({ ...entry, ...change })
    .replaceAll('\r\n ', '')
    .split('\r\n');

describe('a calendar file', () => {
  it('says when by the wall clock of a zone that it describes, and DTSTAMP in UTC', () => {
    const lines = linesOf();
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:REQUEST',
        'TZID:Europe/Berlin',
        'UID:0198c0de-0000-7000-8000-000000000001@foyer',
        'SEQUENCE:3',
        'DTSTAMP:20261001T080000Z',
        'DTSTART;TZID=Europe/Berlin:20261224T193000',
        'DTEND;TZID=Europe/Berlin:20261224T210000',
        'STATUS:CONFIRMED',
      ]),
    );
    expect(lines.filter((line) => line === 'BEGIN:VTIMEZONE')).toHaveLength(1);
    expect(
      Math.max(
        ...calendarFile(entry)
          .split('\r\n')
          .map((line) => Buffer.byteLength(line)),
      ),
    ).toBeLessThanOrEqual(75);
  });

  it('takes an entry away under the same UID', () => {
    expect(linesOf({ method: 'CANCEL', sequence: 4 })).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', `UID:${entry.uid}`, 'SEQUENCE:4', 'STATUS:CANCELLED']),
    );
  });

  it.each([
    [
      'the first of an hour that comes twice',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T00:45:00.000Z',
      'DTSTART;TZID=Europe/Berlin:20261025T023000',
    ],
    [
      'the second, which no wall clock tells',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T03:00:00.000Z',
      'DTSTART:20261025T013000Z',
    ],
    [
      'the end in the second',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
      'DTSTART:20261025T003000Z',
    ],
    [
      'after an hour that is left out',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T02:30:00.000Z',
      'DTSTART;TZID=Europe/Berlin:20260329T030000',
    ],
  ])('is right on nights when clocks change: %s', (_, startsAt, endsAt, line) => {
    expect(linesOf({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) })).toContain(line);
  });

  it('names zones as their description does, whatever they are called', () => {
    const lines = linesOf({ timeZone: 'Asia/Saigon' });
    expect(lines).toContain('TZID:Asia/Saigon');
    expect(lines).toContain('DTSTART;TZID=Asia/Saigon:20261225T013000');
  });

  it('keeps what people typed within its property', () => {
    const evil = 'Lan";X=1:\r\nATTENDEE:mailto:everybody@example.org\r\nBEGIN:VEVENT';
    const lines = linesOf({
      summary: evil,
      description: evil,
      organizer: { name: evil, email: 'no-reply@foyer.localhost' },
      attendee: { name: evil, email: 'lan@example.org' },
      location: { title: evil, address: evil },
    });
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('ATTENDEE'))).toMatch(/CN="[^"]*":MAILTO:lan@example\.org$/);
  });
});
