import {
  ConfigurationError,
  DEFAULT_PORTS,
  Environment,
  portVariable,
  PROCESS_NAMES,
  type ProcessName,
} from '@foyer/platform';
import { freePort, isFree } from './freePort.js';

/** How many of a process there are unless somebody says otherwise: two of what is under load when a sale starts. */
export const DEFAULT_INSTANCES: Readonly<Record<ProcessName, number>> = {
  gateway: 2,
  users: 1,
  catalog: 1,
  inventory: 2,
  orders: 2,
  payments: 1,
  notifications: 1,
  waitroom: 2,
};

/** One process to be run. */
export interface PlannedProcess {
  readonly name: ProcessName;
  /** 0 for the first of its name. */
  readonly index: number;
  readonly port: number;
  /** `http://127.0.0.1:4104` */
  readonly url: string;
}

/** The second of a name listens this much higher than the first: 4104 beside 4004. */
const PORT_STEP = 100;

/**
 * Which processes there are and where each listens: `<NAME>_PORT`, and 100 higher for each further one of the name;
 * where that is 0, free ports.
 * @throws ConfigurationError when a port is none, or somebody listens there.
 */
export async function planProcesses(
  variables: Readonly<Record<string, string>>,
  instances: Partial<Readonly<Record<ProcessName, number>>> = {},
): Promise<readonly PlannedProcess[]> {
  const environment = new Environment(variables);
  const scheme = environment.optional('FOYER_TLS_CERT') === undefined ? 'http' : 'https';
  const planned: PlannedProcess[] = [];
  for (const name of PROCESS_NAMES) {
    const count = instances[name] ?? DEFAULT_INSTANCES[name];
    const variable = portVariable(name);
    const first = environment.integer(variable, DEFAULT_PORTS[name], {
      maximum: 65_535 - (count - 1) * PORT_STEP,
    });
    for (let index = 0; index < count; index += 1) {
      const taken = planned.map((each) => each.port);
      const port = first === 0 ? await freePort(taken) : first + index * PORT_STEP;
      if (taken.includes(port) || !(await isFree(port))) {
        throw new ConfigurationError(
          `Port ${port}, for ${name} ${index + 1}, is in use. Set ${variable} to another port, or end the program that uses it.`,
        );
      }
      planned.push({ name, index, port, url: `${scheme}://127.0.0.1:${port}` });
    }
  }
  return planned;
}

/**
 * What every process is told of where the others are: `<NAME>_URL`, all of a name separated by commas, and
 * `<NAME>_PUBLIC_URL`, the first. What `variables` say already stands.
 */
export function addressVariables(
  planned: readonly PlannedProcess[],
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const addresses: Record<string, string> = {};
  for (const name of PROCESS_NAMES) {
    const urls = planned.filter((each) => each.name === name).map(({ url }) => url);
    const [first] = urls;
    if (first === undefined) continue;
    addresses[`${name.toUpperCase()}_URL`] = urls.join(',');
    addresses[`${name.toUpperCase()}_PUBLIC_URL`] = first;
  }
  return { ...addresses, ...variables };
}
