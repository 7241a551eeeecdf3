import { countAnswer } from '../../shared/api/customers.ts'
import { journeyAnswer } from '../../shared/api/journeys.ts'
import { productList } from '../../shared/api/products.ts'
import { suggestedAnswer, type ValuesOf } from '../../shared/api/suggested.ts'
import type { ErrorCode } from '../../shared/errors/index.ts'
import { queryString } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'
import type { ConditionServices } from '../conditions/index.ts'

/** So many products are offered at once. */
const catalogueShown = 20

/** What passes by itself: the copy that counts is being made, others are counting. It is asked again. */
const passing: readonly ErrorCode[] = ['copy-building', 'work-busy']

type Api = typeof import('../api/client.ts').api

/** Counts a condition over the brand of an API; what keeps it from being counted is said where the count would be. */
export function counter(api: Pick<Api, 'post'>): ConditionServices['count'] {
  return async (condition, signal) => {
    try {
      return await api.post('/audiences/count', countAnswer, { condition }, { signal })
    } catch (error) {
      // Whoever has gone on writing asks for something else by now.
      if (!(error instanceof ApiProblem) || signal.aborted) throw error
      return {
        why: error.body.message,
        how: error.body.mend,
        soon: passing.some((code) => code === error.code),
      }
    }
  }
}

/** Reads the nodes of a journey as it is drawn. */
export const nodesReader =
  (api: Pick<Api, 'get'>): ConditionServices['nodesOf'] =>
  async (id, signal) => {
    const { journey } = await api.get(`/journeys/${encodeURIComponent(id)}`, journeyAnswer, { signal })
    return Object.entries(journey.nodes).map(([node, { name, type }]) => ({ id: node, name, type }))
  }

/** Looks for products in the catalogue of an API's brand. */
export function catalogueOf(api: Pick<Api, 'get'>): ConditionServices['catalogue'] {
  return (search, signal) =>
    api.get(
      `/products${queryString({ ...(search === '' ? {} : { search }), limit: catalogueShown })}`,
      productList,
      { signal },
    )
}

/** Looks for values in the data of an API's brand. */
export function suggester(api: Pick<Api, 'get'>): ConditionServices['values'] {
  return (of: ValuesOf, q, signal) =>
    api.get(`/customers/values${queryString({ ...of, q })}`, suggestedAnswer, { signal })
}
