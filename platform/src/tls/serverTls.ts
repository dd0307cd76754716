/** With what a process serves HTTPS: options of `node:https`. */
export interface ServerTls {
  /** PEM of its certificate, and its key. */
  readonly cert: string;
  readonly key: string;
  /** PEM of the authorities whose clients' certificates are believed. */
  readonly ca?: string;
  /** Asks clients for their certificate. */
  readonly requestCert: boolean;
  /** Never: what a client without a certificate may ask for is decided by path. */
  readonly rejectUnauthorized: false;
}

/** The same without asking anybody for a certificate: for browsers and whoever else may come. */
export function forEverybody(tls: ServerTls | null): ServerTls | null {
  return tls && { ...tls, requestCert: false };
}
