/** What waits in a brand, by state; counted over indexes. */
export interface Backlog {
  readonly enrollments: Readonly<Record<string, number>>
  readonly messages: Readonly<Record<string, number>>
  readonly events: number
}

export interface StoreHealth {
  backlog(): Promise<Backlog>
  /** Rejects where the store does not answer. */
  ping(): Promise<void>
}
