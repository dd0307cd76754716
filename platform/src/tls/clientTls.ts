/** With what a process asks others over TLS; empty for what Node trusts by default. */
export interface ClientTls {
  /** PEM of the authorities whose certificates are believed, instead of the public ones. */
  readonly ca?: string;
  /** PEM of the certificate that this process shows, and its key. */
  readonly cert?: string;
  readonly key?: string;
}
