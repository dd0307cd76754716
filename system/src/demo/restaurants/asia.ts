import { DAILY, hours, room, seats, type DemoRestaurant } from './demoRestaurant.js';

/** Demo restaurants in Asia and Australia. */
export const ASIA: readonly DemoRestaurant[] = [
  {
    details: {
      name: 'Bến Nghé',
      description: 'Grilled fish and cold beer by the river, with the dragon bridge in sight.',
      address: '36 Bạch Đằng',
      city: 'Da Nang',
      zipCode: '550000',
      location: { latitude: 16.0698, longitude: 108.2245 },
      timeZone: 'Asia/Ho_Chi_Minh',
      cuisines: ['vietnamese', 'seafood'],
      priceRange: 2,
      currency: 'VND',
      hours: hours(DAILY, '11:00-14:30', '17:00-23:00'),
      areas: [
        room(
          'Main room',
          'INSIDE',
          [2, 2, 2, 4, 4, 6],
          [
            [1, 2],
            [4, 5],
          ],
        ),
        room('Terrace', 'TERRACE', [2, 2, 4, 4]),
      ],
    },
    menu: [
      {
        name: 'From the river',
        items: [
          {
            name: 'Cá lóc nướng trui',
            description: 'Snakehead grilled over straw, herbs, rice paper',
            price: 185_000,
            allergens: ['FISH'],
            dietary: ['PESCATARIAN', 'DAIRY_FREE'],
          },
          {
            name: 'Mì Quảng',
            description: 'Turmeric noodles with shrimp and peanuts',
            price: 65_000,
            allergens: ['CRUSTACEANS', 'PEANUTS', 'GLUTEN'],
          },
        ],
      },
      {
        name: 'From the garden',
        items: [
          {
            name: 'Đậu hũ sả ớt',
            description: 'Tofu with lemongrass and chilli',
            price: 75_000,
            allergens: ['SOYA'],
            dietary: ['VEGAN', 'VEGETARIAN', 'DAIRY_FREE'],
          },
        ],
      },
    ],
    busy: [{ inDays: 1, time: '19:00', parties: [2, 4, 4, 2, 6] }],
  },
  {
    details: {
      name: 'Madame Hạnh',
      description: 'Six courses of old Huế in a villa garden. A deposit holds the table.',
      address: '14 Nguyễn Thái Học',
      city: 'Da Nang',
      zipCode: '550000',
      location: { latitude: 16.0645, longitude: 108.2208 },
      timeZone: 'Asia/Ho_Chi_Minh',
      cuisines: ['vietnamese', 'fine dining'],
      priceRange: 4,
      currency: 'VND',
      hours: hours([2, 3, 4, 5, 6, 7], '18:00-23:00'),
      areas: [room('Villa', 'INSIDE', [2, 2, 4, 4, 8])],
      seating: {
        durations: [
          { upToPartySize: 2, minutes: 120 },
          { upToPartySize: 8, minutes: 150 },
        ],
      },
      deposit: 200_000,
      cancellation: { freeUntilHours: 24, thenPercent: 50 },
    },
    menu: [
      {
        name: 'The six courses',
        items: [
          {
            name: 'Set menu',
            description: 'From bánh bèo to lotus tea',
            price: 1_250_000,
            allergens: ['CRUSTACEANS', 'FISH', 'SESAME'],
          },
          {
            name: 'Set menu without meat',
            description: 'The same six, from the temple kitchen',
            price: 1_050_000,
            allergens: ['SOYA', 'SESAME'],
            dietary: ['VEGAN', 'VEGETARIAN'],
          },
        ],
      },
    ],
  },
  {
    details: {
      name: 'Phở Hai Bà',
      description: 'One soup, two sisters, forty years.',
      address: '7 Lý Quốc Sư',
      city: 'Hanoi',
      zipCode: '100000',
      location: { latitude: 21.0301, longitude: 105.8488 },
      timeZone: 'Asia/Ho_Chi_Minh',
      cuisines: ['vietnamese', 'street food'],
      priceRange: 1,
      currency: 'VND',
      hours: hours(DAILY, '06:00-10:30', '17:00-21:00'),
      areas: [seats('Benches', 'INSIDE', 24)],
      seating: { durations: [{ upToPartySize: 6, minutes: 45 }], maximumParty: 6 },
    },
    menu: [
      {
        name: 'Phở',
        items: [
          {
            name: 'Phở bò',
            description: 'Beef, eight hours of broth',
            price: 55_000,
            dietary: ['DAIRY_FREE'],
          },
          {
            name: 'Phở chay',
            description: 'Mushroom broth',
            price: 50_000,
            dietary: ['VEGAN', 'VEGETARIAN'],
          },
        ],
      },
    ],
  },
  {
    details: {
      name: 'Kaze no Izakaya',
      description: 'Skewers, sake and the last train long gone: open until four on weekends.',
      address: '2-11-5 Dogenzaka',
      city: 'Tokyo',
      zipCode: '150-0043',
      location: { latitude: 35.6579, longitude: 139.6963 },
      timeZone: 'Asia/Tokyo',
      cuisines: ['japanese', 'izakaya'],
      priceRange: 2,
      currency: 'JPY',
      hours: [...hours([1, 2, 3, 4, 7], '17:00-01:00'), ...hours([5, 6], '17:00-04:00')],
      areas: [seats('Counter', 'BAR', 12), room('Tatami', 'INSIDE', [4, 4, 6], [[1, 2]])],
    },
    menu: [
      {
        name: 'Skewers',
        items: [
          { name: 'Negima', description: 'Chicken and leek', price: 280, allergens: ['SOYA', 'GLUTEN'] },
          {
            name: 'Shiitake',
            description: 'With ponzu',
            price: 260,
            allergens: ['SOYA'],
            dietary: ['VEGAN', 'VEGETARIAN'],
          },
        ],
      },
    ],
    busy: [{ inDays: 2, time: '20:00', parties: [4, 6] }],
  },
  {
    details: {
      name: 'Harbour & Salt',
      description: 'Oysters with a view of the ferries.',
      address: '5 Hickson Road',
      city: 'Sydney',
      zipCode: '2000',
      location: { latitude: -33.8568, longitude: 151.2094 },
      timeZone: 'Australia/Sydney',
      cuisines: ['seafood', 'australian'],
      priceRange: 3,
      currency: 'AUD',
      hours: hours([3, 4, 5, 6, 7], '12:00-15:00', '18:00-23:30'),
      areas: [room('Wharf', 'TERRACE', [2, 2, 4, 4, 6]), seats('Raw bar', 'BAR', 10)],
      deposit: 2_500,
      cancellation: { freeUntilHours: 48, thenPercent: 100 },
    },
    menu: [
      {
        name: 'Raw',
        items: [
          {
            name: 'Sydney rock oysters',
            description: 'Half a dozen',
            price: 3_600,
            allergens: ['MOLLUSCS'],
            dietary: ['PESCATARIAN', 'GLUTEN_FREE'],
          },
        ],
      },
    ],
  },
];
