import type { Logger } from 'pino'
import type { BrandId } from '../../shared/api/system.ts'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import type { BrandRow } from '../ports/installation.ts'
import type { Signs } from '../ports/signs.ts'
import { problemOfTrouble, troubleOf, troubles } from '../ports/trouble.ts'

/** How often a brand is tried again that could not be opened and may be by itself (ms). */
const againMs = 5_000

export interface UnopenedDeps {
  readonly log: Logger
  readonly signs?: Signs | undefined
  /** Brings a brand to life, or leaves nothing of it behind. */
  readonly begin: (row: BrandRow) => Promise<void>
  /** A brand that could not be opened has been after all. */
  readonly onOpened: () => void
}

/** Brands that cannot be opened, and why: the others do their work all the same. */
export interface Unopened {
  readonly problems: ReadonlyMap<BrandId, Problem>
  /** Opens a brand, or keeps why it cannot be. What is nobody's but our own fault rejects. */
  attempt(row: BrandRow): Promise<void>
  forget(id: BrandId): void
  close(): void
}

const mayPass = (problem: Problem): boolean => {
  const code = troubleOf(problem)
  return problem.code === 'folder-unusable' || (code !== null && troubles[code].passes)
}

export function keepUnopened({ log, signs, begin, onOpened }: UnopenedDeps): Unopened {
  const problems = new Map<BrandId, Problem>()
  const timers = new Map<BrandId, NodeJS.Timeout>()
  let closed = false

  const forget = (id: BrandId): void => {
    clearTimeout(timers.get(id))
    timers.delete(id)
    problems.delete(id)
    signs?.clear('brand-unopened', id)
  }
  const attempt = async (row: BrandRow): Promise<void> => {
    const { id } = row
    const before = problems.get(id)
    try {
      await begin(row)
      forget(id)
      if (before === undefined) return
      log.info({ brand: id }, 'the brand has been opened')
      onOpened()
    } catch (error) {
      const problem = error instanceof Problem ? error : problemOfTrouble(error, row.file)
      if (problem === null) throw error
      if (problem.code !== before?.code)
        log.error({ brand: id, code: problem.code, ...problem.details }, 'the brand cannot be opened')
      problems.set(id, problem)
      const { message, mend } = textsOf(problem)
      signs?.raise('brand-unopened', id, { why: message, how: mend })
      if (mayPass(problem) && !closed) timers.set(id, setTimeout(() => again(row), againMs).unref())
    }
  }
  const again = (row: BrandRow): void => {
    if (closed || !problems.has(row.id)) return
    attempt(row).catch((error: unknown) =>
      log.error({ err: error, brand: row.id }, 'opening the brand failed'),
    )
  }
  return {
    problems,
    attempt,
    forget,
    close() {
      closed = true
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
