const DAY_MS = 86_400_000;

/** An event of the demo data. */
export interface DemoEvent {
  readonly organization: string;
  /** For `createEvent`, the organization aside. */
  readonly details: {
    readonly name: string;
    readonly description: string;
    readonly venue: {
      readonly name: string;
      readonly address: string;
      readonly city: string;
      readonly timeZone: string;
    };
    readonly startsAt: string;
    readonly endsAt: string;
    readonly categories: readonly string[];
  };
  /** For `configureEvent`, the event aside. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** For `createTicketClass`, the event aside. */
  readonly ticketClasses: readonly {
    readonly name: string;
    readonly price: { readonly amount: number; readonly currency: string };
    readonly total: number;
    readonly limitPerPerson: number;
  }[];
  /** How many of the first ticket class are bought at once, through the pay page. */
  readonly bought: number;
}

/** The demo events, with times counted from now. */
export function demoEvents(now: Date): readonly DemoEvent[] {
  const inDays = (days: number, hours = 0): string =>
    new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS + days * DAY_MS + hours * 3_600_000).toISOString();
  const onSale = (days: number) => ({ saleStartsAt: inDays(-1), saleEndsAt: inDays(days) });
  return [
    {
      organization: 'Lantern Theatre',
      details: {
        name: 'Night of the Lanterns',
        description:
          'Five hundred lanterns on the river, forty seats on the boat. A waiting room lets people in one after the other.',
        venue: {
          name: 'Old Harbour',
          address: '12 Bach Dang',
          city: 'Da Nang',
          timeZone: 'Asia/Ho_Chi_Minh',
        },
        startsAt: inDays(30, 12),
        endsAt: inDays(30, 15),
        categories: ['music', 'outdoor'],
      },
      configuration: {
        ...onSale(30),
        maximumAttendees: 40,
        waitroom: { maximumInCheckout: 3, admissionsPerMinute: 60 },
        cancellableUntil: inDays(20),
        trending: true,
      },
      ticketClasses: [
        { name: 'Boat', price: { amount: 850_000, currency: 'VND' }, total: 40, limitPerPerson: 4 },
      ],
      bought: 0,
    },
    {
      organization: 'Lantern Theatre',
      details: {
        name: 'Open Studio Evening',
        description: 'Painters and potters open their doors. Free, but the rooms are small: take a ticket.',
        venue: { name: 'Kunsthof', address: 'Oranienstrasse 25', city: 'Berlin', timeZone: 'Europe/Berlin' },
        startsAt: inDays(14, 17),
        endsAt: inDays(14, 21),
        categories: ['art', 'free'],
      },
      configuration: { ...onSale(14), free: true, maximumAttendees: 200, cancellableUntil: inDays(14) },
      ticketClasses: [
        { name: 'Entry', price: { amount: 0, currency: 'EUR' }, total: 200, limitPerPerson: 6 },
      ],
      bought: 0,
    },
    {
      organization: 'Harbour Sessions',
      details: {
        name: 'String Quartet in the Round',
        description: 'Sixty chairs around four players. Nearly sold out.',
        venue: {
          name: 'The Salt Store',
          address: '3 Quay Street',
          city: 'Lisbon',
          timeZone: 'Europe/Lisbon',
        },
        startsAt: inDays(21, 19),
        endsAt: inDays(21, 22),
        categories: ['music', 'classical'],
      },
      configuration: { ...onSale(21), maximumAttendees: 20, cancellableUntil: inDays(18) },
      ticketClasses: [
        { name: 'Chair', price: { amount: 4_500, currency: 'EUR' }, total: 20, limitPerPerson: 18 },
      ],
      bought: 18,
    },
    {
      organization: 'Harbour Sessions',
      details: {
        name: 'Rooftop Jazz',
        description: 'A trio above the city. Standing room, or a table by the rail.',
        venue: {
          name: 'Pier 17',
          address: '89 South Street',
          city: 'New York',
          timeZone: 'America/New_York',
        },
        startsAt: inDays(45, 23),
        endsAt: inDays(46, 2),
        categories: ['music', 'jazz'],
      },
      configuration: { ...onSale(45), maximumAttendees: 150 },
      ticketClasses: [
        { name: 'Standing', price: { amount: 3_500, currency: 'USD' }, total: 120, limitPerPerson: 6 },
        { name: 'Rail table', price: { amount: 12_000, currency: 'USD' }, total: 30, limitPerPerson: 4 },
      ],
      bought: 0,
    },
  ];
}
