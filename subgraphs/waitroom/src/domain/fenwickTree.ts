/**
 * Counts per slot with prefix sums in O(log n) (Fenwick, "A new data structure for cumulative frequency tables", 1994);
 * slots are added at the end.
 */
export class FenwickTree {
  private sums = new Int32Array(1024);
  private count = 0;

  /** Number of slots. */
  get size(): number {
    return this.count;
  }

  /** Adds a slot. @returns its number, from 0. */
  push(value: number): number {
    this.count += 1;
    const index = this.count;
    if (index >= this.sums.length) {
      const larger = new Int32Array(this.sums.length * 2);
      larger.set(this.sums);
      this.sums = larger;
    }
    // The new node covers its own value and the children that end just before it.
    let sum = value;
    const covered = index & -index;
    for (let step = 1; step < covered; step <<= 1) sum += this.at(index - step);
    this.sums[index] = sum;
    return index - 1;
  }

  /** Changes the value of a slot. */
  add(slot: number, change: number): void {
    for (let index = slot + 1; index <= this.count; index += index & -index) {
      this.sums[index] = this.at(index) + change;
    }
  }

  /** Sum of all slots up to this one, itself included. */
  prefix(slot: number): number {
    let sum = 0;
    for (let index = slot + 1; index > 0; index -= index & -index) sum += this.at(index);
    return sum;
  }

  private at(index: number): number {
    return this.sums[index] as number;
  }
}
