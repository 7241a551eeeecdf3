import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Database } from '../../store/sqlite/driver.ts'
import { migrateWhole } from '../../store/sqlite/unusable.ts'

/** Brings a database to the newest schema by migrations one of which ends the process in its midst. */
const [path = '', migrationsFolder = ''] = process.argv.slice(2)
const sqlite = new Database(path)
sqlite.pragma('journal_mode = wal')
sqlite.function('killed', () => {
  process.kill(process.pid, 'SIGKILL')
  // The signal comes before anything else is done.
  return 1
})
migrateWhole(drizzle(sqlite), path, migrationsFolder)
