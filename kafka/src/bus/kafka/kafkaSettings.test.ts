import { Environment } from '@foyer/platform';
import { readKafkaSettings } from './kafkaSettings.js';

const read = (variables: Readonly<Record<string, string>>) => readKafkaSettings(new Environment(variables));

describe('readKafkaSettings', () => {
  test('gives nothing without brokers', () => {
    expect(read({ KAFKA_TOPIC_PREFIX: 'a.' })).toBeNull();
  });

  test('has defaults', () => {
    expect(read({ KAFKA_BROKERS: 'a:1, [::1]:9092' })).toEqual({
      brokers: ['a:1', '[::1]:9092'],
      prefix: '',
      replicationFactor: null,
      compression: 'gzip',
      tls: null,
      sasl: null,
    });
  });

  test('trusts whom Node trusts when TLS is on and no authority is named', () => {
    expect(read({ KAFKA_BROKERS: 'a:1', KAFKA_TLS: 'true' })?.tls).toEqual({});
  });

  test.each([
    [{ KAFKA_BROKERS: 'a' }, /KAFKA_BROKERS=a: must be host:port/],
    [{ KAFKA_BROKERS: 'a:1,' }, /KAFKA_BROKERS/],
    [{ KAFKA_BROKERS: 'kafka://a:1' }, /KAFKA_BROKERS/],
    [{ KAFKA_BROKERS: 'a:70000' }, /KAFKA_BROKERS/],
    [{ KAFKA_TOPIC_PREFIX: 'a b' }, /KAFKA_TOPIC_PREFIX=a b: must be letters/],
    [{ KAFKA_REPLICATION_FACTOR: '0' }, /KAFKA_REPLICATION_FACTOR=0: must be a whole number from 1/],
    [{ KAFKA_COMPRESSION: 'lz4' }, /KAFKA_COMPRESSION=lz4: must be one of gzip, none/],
    [{ KAFKA_TLS_CA: '/ca.pem' }, /KAFKA_TLS_CA=\/ca.pem: can't be read/],
    [{ KAFKA_TLS_CA: __filename }, /KAFKA_TLS is not true, but KAFKA_TLS_CA/],
    [{ KAFKA_TLS: 'true', KAFKA_TLS_CERT: __filename }, /KAFKA_TLS_CERT and KAFKA_TLS_KEY belong together/],
    [{ KAFKA_SASL_USERNAME: 'a' }, /KAFKA_SASL_MECHANISM is not set: must be one of plain/],
    [{ KAFKA_SASL_MECHANISM: 'gssapi' }, /KAFKA_SASL_MECHANISM=gssapi: must be one of/],
    [{ KAFKA_SASL_MECHANISM: 'plain' }, /KAFKA_SASL_USERNAME is not set/],
    [{ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'a' }, /KAFKA_SASL_PASSWORD is not set/],
  ])('refuses %j', (variables, message) => {
    expect(() => read({ KAFKA_BROKERS: 'a:1', ...variables })).toThrow(message);
  });
});
