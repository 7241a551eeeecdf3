import { desc, eq } from 'drizzle-orm'
import { type ImportAnswer, importAnswer } from '../../../../shared/api/imports.ts'
import type { UnreadableRow } from '../../../../shared/api/unreadable.ts'
import { UnreadableRow as UnreadableReport } from '../../../ports/unreadable.ts'
import type { BrandDatabase } from '../database.ts'
import { divided, readColumn, type Stored } from '../stored-json.ts'
import { imports } from '../tables.ts'

/** Keeps how an import stands, under its id. */
export function saveImport({ orm }: BrandDatabase, answer: ImportAnswer, now: number): void {
  const row = { status: answer.state, report: JSON.stringify(answer), updatedAt: now }
  orm
    .insert(imports)
    .values({ id: answer.id, createdAt: answer.startedAt, ...row })
    .onConflictDoUpdate({ target: imports.id, set: row })
    .run()
}

/** The latest imports, and those of them whose report cannot be read. */
export interface ImportsListed {
  readonly imports: readonly ImportAnswer[]
  readonly unreadable: readonly UnreadableRow[]
}

const read = (report: string): Stored<ImportAnswer> => readColumn(report, importAnswer)

/** The import of that id; undefined where there is none. Problem `row-unreadable`. */
export function findImport({ orm }: BrandDatabase, id: string): ImportAnswer | undefined {
  const row = orm.select().from(imports).where(eq(imports.id, id)).get()
  if (row === undefined) return undefined
  const answer = read(row.report)
  if (!answer.readable) throw new UnreadableReport(id, answer.reason)
  return answer.value
}

/** The latest imports first. */
export function listImports({ orm }: BrandDatabase, limit: number): ImportsListed {
  const rows = orm
    .select()
    .from(imports)
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(limit)
    .all()
  const listed = divided(
    rows,
    ({ id }) => id,
    ({ report }) => read(report),
  )
  return { imports: listed.readable, unreadable: listed.unreadable }
}

/** Ends what a stopped process has left running, with the problem's text; answers how many. */
export function failRunningImports(db: BrandDatabase, problem: string, now: number): number {
  const rows = db.orm.select().from(imports).where(eq(imports.status, 'running')).all()
  for (const { id, report } of rows) {
    const answer = read(report)
    if (answer.readable) saveImport(db, { ...answer.value, state: 'failed', problem, finishedAt: now }, now)
    else db.orm.update(imports).set({ status: 'failed', updatedAt: now }).where(eq(imports.id, id)).run()
  }
  return rows.length
}
