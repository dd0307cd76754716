/** The part of platform without I/O: what `domain/` folders may import. */
export { invariant, InvariantViolation } from './assert/invariant.js';
export { systemClock, type Clock } from './clock/clock.js';
export {
  hasPermission,
  type GuestIdentity,
  type Identity,
  type ServiceIdentity,
  type SubgraphName,
  type UserIdentity,
} from './identity/identity.js';
export { PERMISSIONS, ROLES, permissionsOf, type Permission, type Role } from './identity/permissions.js';
export { InputCheck } from './refusal/inputCheck.js';
export { invalidArguments } from './refusal/invalidArguments.js';
export {
  Refused,
  invalidInput,
  notFound,
  notInState,
  notPermitted,
  rateLimited,
  type InvalidField,
  type RefusalData,
} from './refusal/refused.js';
export { isDay } from './values/day.js';
export {
  isEmailAddress,
  MAXIMUM_EMAIL,
  normalEmailAddress,
  wireEmailAddress,
} from './values/emailAddress.js';
export { currencyExponent, formatMoney, isCurrency, shareOf, type Money } from './values/money.js';
export { isId, newId } from './values/newId.js';
export { defineStateMachine, type StateMachine } from './values/stateMachine.js';
export { normalCode } from './values/normalCode.js';
export { asLine, isLine, isStorable, normalText, storableJson, storableText } from './values/text.js';
