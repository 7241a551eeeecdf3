import type { ChoreDone } from '../../shared/api/upkeep.ts'
import type { Chore } from '../../shared/chores.ts'
import { textsOf } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Elapsed } from '../ports/clock.ts'
import { problemOfTrouble } from '../ports/trouble.ts'

const same = (text: string): LocalText => ({ 'zh-CN': text, en: text })

/** What a failure says to whoever reads of the night. */
export function sayFailure(error: unknown, file = ''): LocalText {
  const problem = problemOfTrouble(error, file)
  return problem === null
    ? same(error instanceof Error ? error.message : String(error))
    : textsOf(problem).message
}

/** Does a chore, and says what came of it: one that fails keeps no other from being done. */
export async function choreDone(
  chore: Chore,
  elapsed: Elapsed,
  work: () => Promise<{ readonly count: number | null; readonly found: LocalText | null }>,
  /** The file that it is done to, as a failure names it. */
  file = '',
): Promise<ChoreDone> {
  const began = elapsed.mark()
  const told = (rest: Pick<ChoreDone, 'state' | 'count' | 'problem'>): ChoreDone => ({
    chore,
    ms: Math.round(elapsed.since(began)),
    ...rest,
  })
  try {
    const { count, found } = await work()
    return told({ state: found === null ? 'done' : 'failed', count, problem: found })
  } catch (error) {
    return told({ state: 'failed', count: null, problem: sayFailure(error, file) })
  }
}
