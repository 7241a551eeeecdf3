import type { Act } from './acts.ts'

/** By what a person knows a login again. */
export interface SessionPlace {
  /** The address of the network. */
  readonly address: string
  /** The browser or program, as it called itself. */
  readonly agent: string
  /** null: of whoever has the installation's password. */
  readonly staff: SessionStaff | null
}

/** Whose login it is, of the staff of a brand. */
export interface SessionStaff {
  readonly brand: string
  readonly staff: string
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

/** What of logins is read at once, over a restart: when each ends (epoch ms), by the hash of its id. */
export interface SessionReads {
  /** The secret by which cookies are signed, the same over a restart. */
  readonly secret: string
  endOf(hash: string): number | null
  /** Whose of the staff a login is; null: of whoever has the password. */
  staffOf(hash: string): SessionStaff | null
  /** Those that have not ended by `now`, the newest first. */
  list(now: number): readonly OpenSession[]
  /** By which the password of the last start is known again; null: none was set, or it cannot be known. */
  readonly mark: string | null
}

/** What is written of logins: tried again while another program holds the file, and refused with the reason. */
export interface SessionWrites {
  /** Somebody has given the password: the login, and its row of the log. */
  open(act: Act, hash: string, end: number, place: SessionPlace): Promise<void>
  /** Ends a login, and says so in the log. */
  close(act: Act, hash: string): Promise<void>
  /** Somebody has given a wrong password; from which address of the network. */
  refuse(act: Act, from: string): Promise<void>
  /** Keeps a login that is open, and forgets those that have ended by `now`. */
  keep(hash: string, end: number, now: number): Promise<void>
  forget(hash: string): Promise<void>
  /** The session has been used. */
  seen(hash: string, now: number): Promise<void>
  /** Ends all but one, or all; answers how many there were. */
  endAll(act: Act, except: string | null): Promise<number>
  keepMark(mark: string | null): Promise<void>
  /** Forgets those that have ended by `now`; answers how many there were. */
  dropEnded(now: number): Promise<number>
}

/** Where logins are kept over a restart. */
export interface SessionRows extends SessionReads, SessionWrites {}
