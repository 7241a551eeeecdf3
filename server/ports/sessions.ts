import type { Act } from './acts.ts'

/** Where logins are kept over a restart: when each ends (epoch ms), by the hash of its id. */
export interface SessionRows {
  /** The secret by which cookies are signed, the same over a restart. */
  readonly secret: string
  endOf(hash: string): number | null
  /** Somebody has given the password: the login, and its row of the log. */
  open(act: Act, hash: string, end: number): void
  /** Ends a login, and says so in the log. */
  close(act: Act, hash: string): void
  /** Somebody has given a wrong password; from which address of the network. */
  refuse(act: Act, from: string): void
  /** Keeps a login that is open, and forgets those that have ended by `now`. */
  keep(hash: string, end: number, now: number): void
  forget(hash: string): void
}
