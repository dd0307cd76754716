/** Whose events staff look at before they can be published. */
export type ApprovalPolicy = 'ALL' | 'UNVERIFIED';

/** Whether an organization's event waits for staff. */
export function needsApproval(
  policy: ApprovalPolicy,
  organization: { readonly verified: boolean } | null,
): boolean {
  return policy === 'ALL' || organization?.verified !== true;
}
