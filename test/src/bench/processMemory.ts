import { readdir, readFile } from 'node:fs/promises';

/** Memory of some processes together, in megabytes (10^6 bytes). */
export interface MemoryOfProcesses {
  readonly processes: number;
  /** Each page divided by how many share it: what would be free without them. */
  readonly pss: number;
  /** Shared pages counted for every process that has them. */
  readonly rss: number;
}

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
}

/**
 * Memory of a process and all its descendants, by program.
 * @returns null where there is no /proc.
 */
export async function memoryByProgram(root: number): Promise<ReadonlyMap<string, MemoryOfProcesses> | null> {
  const processes = await listProcesses();
  if (processes === null) return null;
  const found = new Map<string, MemoryOfProcesses>();
  for (const { id, name } of familyOf(root, processes)) {
    const { pss, rss } = await readMemory(id);
    const before = found.get(name) ?? { processes: 0, pss: 0, rss: 0 };
    found.set(name, { processes: before.processes + 1, pss: before.pss + pss, rss: before.rss + rss });
  }
  return found;
}

async function listProcesses(): Promise<readonly Process[] | null> {
  const names = await readdir('/proc').catch(() => null);
  if (names === null) return null;
  const found = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map(async (id) => readProcess(Number(id)).catch(() => null)),
  );
  return found.filter((one) => one !== null);
}

/** @see proc_pid_stat(5): the name is in brackets and may hold anything. */
async function readProcess(id: number): Promise<Process> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8');
  const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? [];
  const command = await readFile(`/proc/${id}/cmdline`, 'utf8');
  const program = /postgres/.test(command) ? 'postgres' : name === 'MainThread' ? 'node' : name;
  return { id, parent: Number(rest.split(' ')[1]), name: program };
}

function familyOf(root: number, processes: readonly Process[]): readonly Process[] {
  const children = processes.filter(({ parent }) => parent === root);
  const self = processes.filter(({ id }) => id === root);
  return [...self, ...children.flatMap(({ id }) => familyOf(id, processes))];
}

async function readMemory(id: number): Promise<{ readonly pss: number; readonly rss: number }> {
  // One that has just ended takes none.
  const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
  const megabytes = (field: string): number =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024) / 1e6;
  return { pss: megabytes('Pss'), rss: megabytes('Rss') };
}
