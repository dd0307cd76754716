import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../process/findOnPath.js';

/** Files in PEM, in a folder of their own. */
export interface Certificates {
  readonly folder: string;
  /** The authority that signed `cert`. */
  readonly ca: string;
  /** For 127.0.0.1, as server and as client. */
  readonly cert: string;
  readonly key: string;
  /** An authority that signed nothing. */
  readonly otherCa: string;
  remove(): Promise<void>;
}

/** Whether certificates can be made on this machine. */
export function certificatesAvailable(): boolean {
  return findOnPath('openssl') !== null;
}

/** Makes an authority and a certificate that it has signed. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-tls-'));
  const path = (name: string): string => join(folder, name);
  const openssl = async (...options: readonly string[]): Promise<void> => {
    await promisify(execFile)('openssl', [...options], { cwd: folder });
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const authority = (name: string): Promise<void> =>
    openssl(
      ...['req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', `${name}.key`, '-out', `${name}.pem`],
    );
  await authority('ca');
  await authority('other');
  await openssl('req', ...newKey, '-subj', '/CN=foyer', '-keyout', 'foyer.key', '-out', 'foyer.csr');
  await writeFile(
    path('extensions'),
    'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n',
  );
  await openssl(
    ...['x509', '-req', '-in', 'foyer.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-days', '2', '-extfile', 'extensions', '-out', 'foyer.pem'],
  );
  return {
    folder,
    ca: path('ca.pem'),
    cert: path('foyer.pem'),
    key: path('foyer.key'),
    otherCa: path('other.pem'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
