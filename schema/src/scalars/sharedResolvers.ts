import type { GraphQLScalarType } from 'graphql';
import { currencyCode } from './currencyCode.js';
import { dateTime } from './dateTime.js';
import { json } from './json.js';
import { minorUnits } from './minorUnits.js';

/** Implementations of the shared scalars, by name. */
export const sharedResolvers: Readonly<Record<string, GraphQLScalarType>> = {
  CurrencyCode: currencyCode,
  DateTime: dateTime,
  JSON: json,
  MinorUnits: minorUnits,
};
