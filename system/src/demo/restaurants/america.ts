import { DAILY, hours, room, seats, type DemoRestaurant } from './demoRestaurant.js';

/** Demo restaurants in America. */
export const AMERICA: readonly DemoRestaurant[] = [
  {
    details: {
      name: 'Night Owl Diner',
      description: 'Booths, pie and coffee, around the clock but for an hour of mopping.',
      address: '210 Avenue A',
      city: 'New York',
      zipCode: '10009',
      location: { latitude: 40.7287, longitude: -73.9818 },
      timeZone: 'America/New_York',
      cuisines: ['american', 'diner'],
      priceRange: 1,
      currency: 'USD',
      hours: hours(DAILY, '06:00-05:00'),
      areas: [room('Booths', 'INSIDE', [4, 4, 4, 6]), seats('Counter', 'BAR', 9)],
      seating: { durations: [{ upToPartySize: 8, minutes: 60 }] },
    },
    menu: [
      {
        name: 'Always',
        items: [
          {
            name: 'Pancakes',
            description: 'Three, with maple',
            price: 1_150,
            allergens: ['EGGS', 'MILK', 'GLUTEN'],
            dietary: ['VEGETARIAN'],
          },
          {
            name: 'Beet burger',
            description: 'On a potato roll',
            price: 1_450,
            allergens: ['GLUTEN'],
            dietary: ['VEGAN', 'VEGETARIAN'],
          },
        ],
      },
    ],
  },
  {
    details: {
      name: 'Osteria Pier 17',
      description: 'Pasta above the river. A deposit holds the table on the deck.',
      address: '89 South Street',
      city: 'New York',
      zipCode: '10038',
      location: { latitude: 40.7058, longitude: -74.0018 },
      timeZone: 'America/New_York',
      cuisines: ['italian'],
      priceRange: 4,
      currency: 'USD',
      hours: hours([2, 3, 4, 5, 6, 7], '17:30-23:30'),
      areas: [room('Deck', 'TERRACE', [2, 2, 4, 4, 4, 6], [[3, 4]])],
      deposit: 2_000,
      cancellation: { freeUntilHours: 24, thenPercent: 50 },
    },
    menu: [
      {
        name: 'Pasta',
        items: [
          {
            name: 'Cacio e pepe',
            description: 'Three things, done right',
            price: 2_600,
            allergens: ['MILK', 'GLUTEN'],
            dietary: ['VEGETARIAN'],
          },
        ],
      },
    ],
    busy: [{ inDays: 5, time: '20:00', parties: [2, 2, 4, 4] }],
  },
];
