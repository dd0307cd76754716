import { GraphQLScalarType, Kind } from 'graphql';

/** `CurrencyCode`: three capital letters. Whether a currency of this name is in use is the domain's question. */
export const currencyCode = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  serialize: code,
  parseValue: code,
  parseLiteral(node) {
    return code(node.kind === Kind.STRING ? node.value : null);
  },
});

function code(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Z]{3}$/.test(value)) {
    throw new TypeError('Write three capital letters of ISO 4217, such as EUR.');
  }
  return value;
}
