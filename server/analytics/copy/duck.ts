import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { limits } from '../../../shared/limits.ts'
import { inMemory } from './files.ts'

const megabytes = (bytes: number) => `${Math.floor(bytes / 1_048_576)}MiB`

export interface Duck {
  readonly instance: DuckDBInstance
  /** The one connection that writes. */
  readonly writer: DuckDBConnection
}

/** Opens a file of DuckDB within its bounds; nothing outside it is read, and nothing is fetched. */
export async function openDuck(file: string): Promise<Duck> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: megabytes(limits.copyMemory.value),
    threads: String(limits.copyThreads.value),
    temp_directory: file === inMemory ? '' : `${file}.tmp`,
    max_temp_directory_size: megabytes(limits.copyScratch.value),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  try {
    const writer = await instance.connect()
    await writer.run('set enable_external_access = false')
    return { instance, writer }
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

export function closeDuck({ instance, writer }: Duck): void {
  writer.closeSync()
  instance.closeSync()
}
