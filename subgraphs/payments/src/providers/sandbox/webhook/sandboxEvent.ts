/** What a SANDBOX webhook says: the body, as JSON. References are the merchant's ids, amounts minor units. */
export type SandboxEvent = { readonly id: string } & (
  | { readonly type: 'payment.paid' | 'payment.closed'; readonly data: SessionData }
  | { readonly type: 'payment.declined'; readonly data: SessionData & { readonly reason: string } }
  | {
      readonly type: 'refund.succeeded';
      readonly data: {
        readonly reference: string;
        readonly refund: string;
        readonly amount: number;
        readonly currency: string;
      };
    }
);

interface SessionData {
  readonly reference: string;
  readonly session: string;
  readonly amount: number;
  readonly currency: string;
}
