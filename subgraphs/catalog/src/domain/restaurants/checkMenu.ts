import type { InputCheck } from '@foyer/platform/domain';
import { MAXIMUM_PRICE } from './checkRestaurant.js';
import type { MenuCategory } from './restaurant.js';

const MAXIMUM_CATEGORIES = 50;
const MAXIMUM_ITEMS = 1000;

/** Notes every wrong field of a menu. */
export function checkMenu(check: InputCheck, categories: readonly MenuCategory[]): void {
  const count = categories.reduce((sum, { items }) => sum + items.length, 0);
  check
    .require(
      categories.length <= MAXIMUM_CATEGORIES,
      'input.categories',
      'TOO_MANY',
      `Use at most ${MAXIMUM_CATEGORIES} categories.`,
    )
    .require(count <= MAXIMUM_ITEMS, 'input.categories', 'TOO_MANY', `Use at most ${MAXIMUM_ITEMS} items.`);
  categories.forEach(({ name, items }, index) => {
    const path = `input.categories.${index}`;
    check.line(name, `${path}.name`, 100);
    items.forEach((item, at) => {
      check
        .line(item.name, `${path}.items.${at}.name`, 150)
        .optionalText(item.description, `${path}.items.${at}.description`, 1000)
        .integer(item.price, `${path}.items.${at}.price`, 0, MAXIMUM_PRICE);
    });
  });
}

/** A menu as it is kept: texts trimmed, marks each once. */
export function normalizeMenu(categories: readonly MenuCategory[]): readonly MenuCategory[] {
  return categories.map(({ name, items }) => ({
    name: name.trim(),
    items: items.map((item) => ({
      name: item.name.trim(),
      description: item.description.trim(),
      price: item.price,
      allergens: [...new Set(item.allergens)].sort(),
      dietary: [...new Set(item.dietary)].sort(),
    })),
  }));
}
