import type { ImportAnswer } from '../../../../shared/api/imports.ts'
import type { ImportStore } from '../../../ports/imports.ts'
import { changer, type Done } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { failRunningImports, findImport, listImports, saveImport } from './imports.ts'

const ended = ({ id, file, kind, state, imported, updated, rejected }: ImportAnswer): Done => ({
  action: 'import.ended',
  id,
  detail: { file, kind, state, imported, updated, rejected },
})

/** Imports over one brand's database. */
export function importStore(db: BrandDatabase): ImportStore {
  const change = changer(db)
  return {
    find: async (id) => findImport(db, id),
    latest: async (limit) => listImports(db, limit),
    begin: async (act, answer) =>
      change(
        act,
        () => saveImport(db, answer, act.realAt),
        () => ({
          action: 'import.started',
          id: answer.id,
          detail: { file: answer.file, kind: answer.kind },
        }),
      ),
    end: async (act, answer) =>
      change(
        act,
        () => saveImport(db, answer, act.realAt),
        () => ended(answer),
      ),
    cancel: async (act, id) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'import.cancelled', id }),
      ),
    // Each of them is in the log as begun; that it never ended is the process's doing, and nobody's.
    endInterrupted: async (act, problem) => failRunningImports(db, problem, act.realAt),
  }
}
