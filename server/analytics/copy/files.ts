import { rmSync } from 'node:fs'

/** A scratch copy, which is gone with its process. */
export const inMemory = ':memory:'

/** Where the copy of a database lies. */
export const copyFileOf = (database: string): string => `${database}.copy`

/** Stands beside a copy while it is opened: one that ends its process is not opened again. */
export const openingOf = (file: string): string => `${file}.opening`

/** The lock of whoever has the copy open. */
export const copyLockOf = (database: string): string => `${copyFileOf(database)}.lock`

/** What DuckDB lays beside its file: the log, and what it sets aside beyond its memory. */
const parts = ['', '.wal', '.tmp', '.opening']

export function removeCopyFile(file: string): void {
  if (file === inMemory) return
  for (const part of parts) rmSync(file + part, { recursive: true, force: true })
}

/**
 * Takes the copy of a database away, as it is of no use any more, or names somebody who is forgotten: what DuckDB has
 * deleted stays in its file to be read, also after a checkpoint and where the table was written anew.
 */
export const removeCopyOf = (database: string): void => {
  if (database !== inMemory) removeCopyFile(copyFileOf(database))
}
