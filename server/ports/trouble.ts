import { type ErrorCode, Problem } from '../../shared/errors/index.ts'
import type { SignName } from '../../shared/signs.ts'

/**
 * What keeps a store from doing what it is asked; each is a problem of whoever asked, and a sign of the server.
 * `passes`: it may be over by itself, and is looked for.
 */
export const troubles = {
  'store-busy': { passes: true },
  'disk-full': { passes: true },
  'disk-failing': { passes: true },
  'store-unwritable': { passes: true },
  'store-damaged': { passes: false },
  'store-gone': { passes: false },
} as const satisfies Partial<Record<ErrorCode & SignName, { readonly passes: boolean }>>

export type TroubleCode = keyof typeof troubles

export interface Trouble {
  readonly code: TroubleCode
  readonly details: Readonly<Record<string, string>>
}

const isTrouble = (code: string): code is TroubleCode => Object.hasOwn(troubles, code)

/** The system's codes and the database's, by how they begin. Source: https://www.sqlite.org/rescode.html */
const meanings: readonly (readonly [begins: RegExp, meaning: TroubleCode])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'store-busy'],
  [/^(ENOSPC|EDQUOT|SQLITE_FULL)/, 'disk-full'],
  [/^SQLITE_READONLY_DBMOVED/, 'store-gone'],
  [/^(EACCES|EPERM|EROFS|SQLITE_(READONLY|CANTOPEN|PERM|AUTH|IOERR_ACCESS))/, 'store-unwritable'],
  [/^(SQLITE_(CORRUPT|NOTADB)|SQLITE_IOERR_(SHORT_READ|CORRUPTFS|DATA))/, 'store-damaged'],
  [/^(EIO|ESTALE|ENXIO|ENODEV|SQLITE_(IOERR|PROTOCOL|NOLFS))/, 'disk-failing'],
]

/** The system's or the database's code of an error, or of what has caused it; empty where there is none. */
export function systemCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'code' in error ? String(error.code) : systemCodeOf(error.cause)
}

/** What an error says of the store's surroundings; null for an error of any other kind. */
export function troubleOf(error: unknown): TroubleCode | null {
  const code = systemCodeOf(error)
  if (error instanceof Problem) return isTrouble(code) ? code : null
  return meanings.find(([begins]) => begins.test(code))?.[1] ?? null
}

/** The same as a Problem for whoever asked; null for an error of any other kind. */
export function problemOfTrouble(error: unknown, file: string): Problem | null {
  if (error instanceof Problem) return troubleOf(error) === null ? null : error
  const code = troubleOf(error)
  return code === null ? null : new Problem(code, { file, detail: systemCodeOf(error) })
}
