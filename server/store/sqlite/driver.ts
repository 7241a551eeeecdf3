import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'

/**
 * better-sqlite3, in the release that the running Node needs. drizzle's own import of the package loads no
 * native code as long as drizzle does not open databases by itself.
 */
export const Database: typeof BetterSqlite3 = createRequire(import.meta.url)('#better-sqlite3')
