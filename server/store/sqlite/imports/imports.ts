import { desc, eq } from 'drizzle-orm'
import { type ImportAnswer, importAnswer } from '../../../../shared/api/imports.ts'
import type { BrandDatabase } from '../database.ts'
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

const read = (report: string): ImportAnswer => importAnswer.parse(JSON.parse(report))

/** The import of that id; undefined where there is none. */
export function findImport({ orm }: BrandDatabase, id: string): ImportAnswer | undefined {
  const row = orm.select().from(imports).where(eq(imports.id, id)).get()
  return row === undefined ? undefined : read(row.report)
}

/** The latest imports first. */
export function listImports({ orm }: BrandDatabase, limit: number): ImportAnswer[] {
  const rows = orm
    .select()
    .from(imports)
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(limit)
    .all()
  return rows.map(({ report }) => read(report))
}

/** Ends what a stopped process has left running, with the problem's text; answers how many. */
export function failRunningImports(db: BrandDatabase, problem: string, now: number): number {
  const rows = db.orm.select().from(imports).where(eq(imports.status, 'running')).all()
  for (const { report } of rows)
    saveImport(db, { ...read(report), state: 'failed', problem, finishedAt: now }, now)
  return rows.length
}
