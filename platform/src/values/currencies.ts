/**
 * Active codes of ISO 4217 (list one as of 2026-01-01, that day's withdrawals in it) by the digits of their minor unit. Not
 * the runtime's: CLDR says how amounts are shown (HUF, IDR, COP without decimals), and says otherwise from one version of
 * Node to the next. Codes without a minor unit (gold, the IMF's, for tests) name nothing that can be charged.
 */
const BY_DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP
    COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
    JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Codes that were withdrawn while amounts may be stored in them. Nothing new is priced in one. */
const WITHDRAWN_BY_DIGITS: Readonly<Record<number, string>> = { 2: 'ANG BGN CUC HRK SLL ZWL' };

/**
 * Currencies whose digits a version of the runtime that Foyer runs on told otherwise than ISO 4217 does. What the builds
 * before this table stored in one may be meant with either.
 */
export const ONCE_TOLD_OTHERWISE: readonly string[] =
  'AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SOS SYP YER'.split(' ');

/** Digits of the minor unit of each active currency. */
export const CURRENCIES: ReadonlyMap<string, number> = digitsIn(BY_DIGITS);

/** The same of those that were withdrawn. */
export const WITHDRAWN_CURRENCIES: ReadonlyMap<string, number> = digitsIn(WITHDRAWN_BY_DIGITS);

function digitsIn(table: Readonly<Record<number, string>>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(table).flatMap(([digits, codes]) =>
      codes.split(/\s+/).map((code) => [code, Number(digits)] as const),
    ),
  );
}
