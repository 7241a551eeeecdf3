/** Where logins are kept over a restart: when each ends (epoch ms), by the hash of its id. */
export interface SessionRows {
  /** The secret by which cookies are signed, the same over a restart. */
  readonly secret: string
  endOf(hash: string): number | null
  /** Keeps a login, and forgets those that have ended by `now`. */
  keep(hash: string, end: number, now: number): void
  forget(hash: string): void
}
