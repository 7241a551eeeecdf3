import type { BrandDatabase } from './database.ts'

/** So many batches at most of one commit: what a crash loses of them is read again, as the same file changes nothing twice. */
const batchesOfSpan = 1_000
/** Pages kept in memory meanwhile (KiB), as many as the indices of some millions of rows have. */
const cacheKib = 393_216

/** Batches of writes, each whole or not at all. */
export interface Batches {
  put(work: () => void): Promise<void>
  end(): Promise<void>
}

/** Each batch is a transaction, so that others come to write between two of them. */
export const oneByOne = ({ sqlite, steady }: BrandDatabase): Batches => ({
  put: (work) => steady.run(async () => sqlite.transaction(work).immediate()),
  end: async () => undefined,
})

/**
 * Many batches are one transaction, for a connection of whoever has the folder to himself: a row of a file falls
 * anywhere in the indices, and each commit writes every page that one of its rows has touched, so that a thousand rows
 * cost as much as a million. The one place where a transaction outlives an await: nobody else writes by this connection.
 */
export function spanning({ sqlite, steady }: BrandDatabase): Batches {
  let batches = 0
  sqlite.pragma(`cache_size = -${cacheKib}`)
  const commit = async () => {
    if (!sqlite.inTransaction) return
    batches = 0
    await steady.run(async () => sqlite.exec('commit'))
  }
  return {
    put: async (work) => {
      if (!sqlite.inTransaction) await steady.run(async () => sqlite.exec('begin immediate'))
      sqlite.transaction(work)()
      batches += 1
      if (batches >= batchesOfSpan) await commit()
    },
    end: commit,
  }
}
