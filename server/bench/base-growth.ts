import { rehearsalSeconds } from './base-rehearsal.ts'
import { countSeconds } from './counting.ts'
import { measureCustomerPage } from './customer-page.ts'
import { measureImport } from './importing.ts'
import { sharedBase } from './shared-base.ts'
import { scratch } from './world.ts'

/** How long one thing takes (seconds) with a hundredth, a tenth and all of the customers. */
export interface BaseGrowth {
  readonly work: string
  readonly seconds: readonly number[]
}

async function importSeconds(rows: number): Promise<number> {
  const { path, remove } = scratch()
  try {
    // One row in six is a customer, the others are orders.
    return (await measureImport(path, Math.ceil(rows / 6))).took.seconds
  } finally {
    remove()
  }
}

/** Counting, rehearsing, one customer's page and reading files in, by the size of the base or of the file. */
export async function measureBaseGrowth(customers: number): Promise<{
  readonly sizes: readonly number[]
  readonly growth: readonly BaseGrowth[]
}> {
  const sizes = [customers / 100, customers / 10, customers].map(Math.ceil)
  const count: number[] = []
  const rehearsal: number[] = []
  const page: number[] = []
  const files: number[] = []
  for (const size of sizes) {
    const base = sharedBase(size)
    count.push(await countSeconds(base.path))
    rehearsal.push(await rehearsalSeconds(base.path))
    page.push((await measureCustomerPage(base)).p50 / 1000)
    files.push(await importSeconds(size))
  }
  const growth = [
    { work: 'count of customers', seconds: count },
    { work: 'rehearsal of customers', seconds: rehearsal },
    { work: 'page of one of the customers', seconds: page },
    { work: 'import of rows', seconds: files },
  ]
  return { sizes, growth }
}
