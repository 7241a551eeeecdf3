import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../../../shared/errors/index.ts'
import { brandPath } from '../database.ts'
import { Database } from '../driver.ts'
import { asOpeningProblem } from '../unusable.ts'

/**
 * Where a brand's database lies, by the rows of the installation: an id is looked up and never made part of a path.
 * A folder that no server has opened yet has the first brands only. Problem `not-found`.
 */
export function databaseOf(dataDir: string, brand: string): string {
  const path = join(dataDir, 'installation.sqlite')
  if (!existsSync(path)) {
    if (brand === 'own' || brand === 'demo') return brandPath(dataDir, brand)
    throw new Problem('not-found', { what: brand }, 'brand')
  }
  const file = fileOf(path, brand)
  if (file === undefined) throw new Problem('not-found', { what: brand }, 'brand')
  return join(dataDir, file)
}

/** The brands of a folder that are at work. Problems of opening its installation. */
export function brandsIn(dataDir: string): string[] {
  const path = join(dataDir, 'installation.sqlite')
  if (!existsSync(path)) return ['own', 'demo'].filter((brand) => existsSync(brandPath(dataDir, brand)))
  try {
    const sqlite = new Database(path, { readonly: true, timeout: 10_000 })
    try {
      return sqlite
        .prepare<[], string>('select id from brands where archive is null order by rowid')
        .pluck()
        .all()
    } finally {
      sqlite.close()
    }
  } catch (error) {
    throw asOpeningProblem(error, path)
  }
}

function fileOf(path: string, brand: string): string | undefined {
  try {
    const sqlite = new Database(path, { readonly: true })
    try {
      return sqlite
        .prepare<[string], string>('select file from brands where id = ? and archive is null')
        .pluck()
        .get(brand)
    } finally {
      sqlite.close()
    }
  } catch (error) {
    throw asOpeningProblem(error, path)
  }
}
