import type { Act } from './acts.ts'

/** By what a person knows a login again. */
export interface SessionPlace {
  /** The address of the network. */
  readonly address: string
  /** The browser or program, as it called itself. */
  readonly agent: string
}

/** A login that has not ended; what is not known of one of an earlier release is null. */
export interface OpenSession {
  readonly hash: string
  readonly endsAt: number
  readonly openedAt: number | null
  readonly seenAt: number | null
  readonly address: string | null
  readonly agent: string | null
}

/** Where logins are kept over a restart: when each ends (epoch ms), by the hash of its id. */
export interface SessionRows {
  /** The secret by which cookies are signed, the same over a restart. */
  readonly secret: string
  endOf(hash: string): number | null
  /** Somebody has given the password: the login, and its row of the log. */
  open(act: Act, hash: string, end: number, place: SessionPlace): void
  /** Ends a login, and says so in the log. */
  close(act: Act, hash: string): void
  /** Somebody has given a wrong password; from which address of the network. */
  refuse(act: Act, from: string): void
  /** Keeps a login that is open, and forgets those that have ended by `now`. */
  keep(hash: string, end: number, now: number): void
  forget(hash: string): void
  /** Those that have not ended by `now`, the newest first. */
  list(now: number): readonly OpenSession[]
  /** The session has been used. */
  seen(hash: string, now: number): void
  /** Ends all but one, or all; answers how many there were. */
  endAll(act: Act, except: string | null): number
  /** By which the password of the last start is known again; null: none was set, or it cannot be known. */
  readonly mark: string | null
  keepMark(mark: string | null): void
}
