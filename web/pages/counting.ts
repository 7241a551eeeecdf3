import { countAnswer } from '../../shared/api/customers.ts'
import type { ErrorCode } from '../../shared/errors/index.ts'
import { ApiProblem } from '../api/problem.ts'
import type { ConditionServices } from '../conditions/index.ts'

/** The copy that counts is being made: it is asked again by itself. */
const soon: ErrorCode = 'copy-building'

type Api = typeof import('../api/client.ts').api

/** Counts a condition over the brand of an API; what keeps it from being counted is said where the count would be. */
export function counter(api: Pick<Api, 'post'>): ConditionServices['count'] {
  return async (condition, signal) => {
    try {
      return await api.post('/audiences/count', countAnswer, { condition }, { signal })
    } catch (error) {
      // What is not complete yet is refused without a word, as the editor says so itself.
      if (!(error instanceof ApiProblem) || error.status < 500) throw error
      return { why: error.body.message, how: error.body.mend, soon: error.code === soon }
    }
  }
}
