/** The organization whose restaurants the demo restaurants are. */
export const KITCHENS = 'Lantern Kitchens';

/** The demo organizations. Verified, so that their events need no approval. */
export const DEMO_ORGANIZATIONS = ['Lantern Theatre', 'Harbour Sessions', KITCHENS] as const;
