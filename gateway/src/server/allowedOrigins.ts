/** Decides whether a browser page of some origin may talk to the gateway. */
export type OriginCheck = (origin: string) => boolean;

const STUDIO = 'https://studio.apollographql.com';

/**
 * @param origins of the front ends, `https://shop.example`.
 * @param development also lets in Apollo Studio (Sandbox in a tab of its own) and pages of this machine.
 */
export function allowedOrigins(origins: readonly string[], development: boolean): OriginCheck {
  const exact = new Set(development ? [...origins, STUDIO] : origins);
  return (origin) =>
    exact.has(origin) || (development && /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin));
}
