/** A short link of one message, as it is followed. */
export interface FollowedLink {
  readonly code: string
  readonly customerId: string
  readonly messageId: number
  readonly channel: string
  readonly target: string
  /** The last day on which it leads there; null: always. */
  readonly until: string | null
  readonly after: string | null
}

/** How often a link was pressed, by people and by programs. */
export interface Pressed {
  readonly code: string
  readonly people: number
  readonly robots: number
  readonly at: number
}

export interface LinkStore {
  /** null where there is none of that code; one indexed read. */
  find(code: string): Promise<FollowedLink | null>
  count(pressed: readonly Pressed[]): Promise<void>
}
