import { DAILY, hours, room, seats, type DemoRestaurant } from './demoRestaurant.js';

/** Demo restaurants in Europe. */
export const EUROPE: readonly DemoRestaurant[] = [
  {
    details: {
      name: 'Zur kleinen Laterne',
      description: 'Four tables, one stove, no hurry. Nearly always full.',
      address: 'Torstraße 112',
      city: 'Berlin',
      zipCode: '10119',
      location: { latitude: 52.5295, longitude: 13.4014 },
      timeZone: 'Europe/Berlin',
      cuisines: ['german', 'seasonal'],
      priceRange: 3,
      currency: 'EUR',
      hours: hours([2, 3, 4, 5, 6, 7], '18:00-00:00'),
      areas: [room('Room', 'INSIDE', [2, 2, 2, 4])],
      seating: { durations: [{ upToPartySize: 4, minutes: 120 }], maximumParty: 4 },
    },
    menu: [
      {
        name: 'Tonight',
        items: [
          {
            name: 'Königsberger Klopse',
            description: 'Veal dumplings, capers, potatoes',
            price: 2_400,
            allergens: ['EGGS', 'MILK', 'GLUTEN'],
          },
          {
            name: 'Linsen',
            description: 'Lentils, roots, vinegar',
            price: 1_800,
            allergens: ['CELERY'],
            dietary: ['VEGAN', 'VEGETARIAN', 'GLUTEN_FREE'],
          },
        ],
      },
    ],
    busy: [{ inDays: 3, time: '19:30', parties: [2, 2, 2, 4], waitlist: true }],
  },
  {
    details: {
      name: 'Spätzle & Söhne',
      description: 'Swabian, loud, and until two in the morning.',
      address: 'Reichenberger Straße 47',
      city: 'Berlin',
      zipCode: '10999',
      location: { latitude: 52.4973, longitude: 13.4226 },
      timeZone: 'Europe/Berlin',
      cuisines: ['german', 'swabian'],
      priceRange: 2,
      currency: 'EUR',
      hours: hours(DAILY, '12:00-15:00', '17:00-02:00'),
      areas: [
        room(
          'Saal',
          'INSIDE',
          [2, 2, 4, 4, 4, 6, 8],
          [
            [3, 4],
            [4, 5],
            [3, 4, 5],
          ],
        ),
        seats('Hof', 'TERRACE', 30),
      ],
      seating: { maximumParty: 12 },
    },
    menu: [
      {
        name: 'Spätzle',
        items: [
          {
            name: 'Käsespätzle',
            description: 'Mountain cheese, onions',
            price: 1_450,
            allergens: ['EGGS', 'MILK', 'GLUTEN'],
            dietary: ['VEGETARIAN'],
          },
        ],
      },
    ],
    busy: [{ inDays: 2, time: '19:00', parties: [4, 4, 8, 2] }],
    closedInDays: 10,
  },
  {
    details: {
      name: 'Casa do Sal',
      description: 'Salt cod in eleven ways, and grilled sardines in summer.',
      address: 'Rua da Boavista 84',
      city: 'Lisbon',
      zipCode: '1200-068',
      location: { latitude: 38.7082, longitude: -9.1489 },
      timeZone: 'Europe/Lisbon',
      cuisines: ['portuguese', 'seafood'],
      priceRange: 2,
      currency: 'EUR',
      hours: hours([1, 3, 4, 5, 6, 7], '12:30-15:00', '19:00-23:30'),
      areas: [room('Sala', 'INSIDE', [2, 2, 4, 4, 6], [[1, 2]]), room('Pátio', 'TERRACE', [2, 4])],
    },
    menu: [
      {
        name: 'Bacalhau',
        items: [
          {
            name: 'À Brás',
            description: 'With egg and straw potatoes',
            price: 1_650,
            allergens: ['FISH', 'EGGS'],
            dietary: ['PESCATARIAN', 'GLUTEN_FREE'],
          },
        ],
      },
    ],
  },
  {
    details: {
      name: 'Le Onzième Tabouret',
      description: 'A counter, eleven stools, wine by the glass.',
      address: '28 Rue de Charonne',
      city: 'Paris',
      zipCode: '75011',
      location: { latitude: 48.8532, longitude: 2.3741 },
      timeZone: 'Europe/Paris',
      cuisines: ['french', 'wine bar'],
      priceRange: 3,
      currency: 'EUR',
      hours: hours([2, 3, 4, 5, 6], '18:00-01:00'),
      areas: [seats('Zinc', 'BAR', 11)],
      seating: { maximumParty: 4 },
    },
    menu: [
      {
        name: 'With the wine',
        items: [
          {
            name: 'Comté, 24 months',
            description: 'With walnuts',
            price: 1_400,
            allergens: ['MILK', 'TREE_NUTS'],
            dietary: ['VEGETARIAN'],
          },
          {
            name: 'Poireaux vinaigrette',
            description: 'Leeks, mustard',
            price: 1_100,
            allergens: ['MUSTARD'],
            dietary: ['VEGAN', 'VEGETARIAN'],
          },
        ],
      },
    ],
  },
  {
    details: {
      name: 'Boundary Café',
      description: 'An Irani café, with black dal that has cooked since yesterday.',
      address: '7 Boundary Street',
      city: 'London',
      zipCode: 'E2 7JE',
      location: { latitude: 51.5245, longitude: -0.0767 },
      timeZone: 'Europe/London',
      cuisines: ['indian'],
      priceRange: 2,
      currency: 'GBP',
      hours: hours(DAILY, '08:00-23:00'),
      areas: [
        room(
          'Café',
          'INSIDE',
          [2, 2, 2, 4, 4, 4, 6, 8],
          [
            [4, 5],
            [5, 6],
          ],
        ),
      ],
      seating: {
        maximumParty: 10,
        durations: [
          { upToPartySize: 4, minutes: 90 },
          { upToPartySize: 10, minutes: 120 },
        ],
      },
    },
    menu: [
      {
        name: 'All day',
        items: [
          {
            name: 'Black dal',
            description: 'Twenty-four hours',
            price: 890,
            allergens: ['MILK'],
            dietary: ['VEGETARIAN', 'HALAL'],
          },
          { name: 'Chole', description: 'Chickpeas, pickles', price: 850, dietary: ['VEGAN', 'VEGETARIAN'] },
        ],
      },
    ],
  },
];
