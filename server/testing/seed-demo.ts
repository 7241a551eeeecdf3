import { mkdirSync } from 'node:fs'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { brandPath } from '../store/sqlite/database.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'

/**
 * Makes a smaller demo brand in a folder of data, before a server is started over it:
 * `node --import tsx server/testing/seed-demo.ts FOLDER MEMBERS`.
 */
const [folder, members] = process.argv.slice(2)
if (folder === undefined || !Number.isInteger(Number(members)))
  throw new Error('Usage: seed-demo.ts FOLDER MEMBERS')
mkdirSync(folder, { recursive: true })
seedDemoFile(brandPath(folder, 'demo'), { members: Number(members) }, sealDatabase)
