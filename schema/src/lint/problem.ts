/** Something in the schemas that should be otherwise. */
export interface Problem {
  readonly rule: string;
  /** Schema coordinate: `Event`, `Event.name`, `Query.events(first:)`, `EventStatus.DRAFT`. */
  readonly coordinate: string;
  /** What should be otherwise. */
  readonly message: string;
}
