/** Waits until a condition holds. @throws after half a minute, or what the condition throws. */
export async function untilHolds(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it does not hold within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
