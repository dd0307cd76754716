export { eventCopy, findEventCopy, type EventCopy } from './eventCopy.js';
export {
  findOrganization,
  hasOrganizationRight,
  membershipCopy,
  requireOrganizationRight,
  roleIn,
  type MembershipCopy,
  type OrganizationCopy,
  type OrganizationRight,
  type OrganizationRole,
} from './membershipCopy.js';
export { findOfferCopies, offerCopy } from './offerCopy.js';
export {
  findPeople,
  findPerson,
  findPersonByEmail,
  personCopy,
  type PersonCopy,
  type PersonPreferences,
} from './personCopy.js';
export { queryable, type Queryable } from './queryable.js';
export { findRestaurantCopy, restaurantCopy, type RestaurantCopy } from './restaurantCopy.js';
