import { type ReactNode, useContext, useMemo } from 'react'
import { useStore } from 'zustand'
import { attributeList } from '../../../shared/api/attributes.ts'
import { audienceList, vocabularyAnswer } from '../../../shared/api/customers.ts'
import { journeyList } from '../../../shared/api/journeys.ts'
import { chosenBrand } from '../../api/brand.ts'
import { apiFor } from '../../api/client.ts'
import { useApiQuery } from '../../api/query.ts'
import { ConditionContext, knownAttributesOf } from '../../conditions/index.ts'
import { BrandFormat } from '../../ui/zone.ts'
import { catalogueOf, counter, nodesReader, suggester } from '../counting.ts'

/** Counts, and looks for values, over the brand that is shown. */
function useAsking() {
  const brand = useStore(chosenBrand, (state) => state.brand)
  return useMemo(() => {
    const api = apiFor(brand)
    return {
      ...{ count: counter(api), values: suggester(api) },
      ...{ nodesOf: nodesReader(api), catalogue: catalogueOf(api) },
    }
  }, [brand])
}

/** What conditions of this brand may speak of, for the editors below it. */
export function ConditionWords({ children }: { children: ReactNode }) {
  const { currency, zone } = useContext(BrandFormat)
  const fields = useApiQuery('/attributes', attributeList, { staleTime: 60_000 }).data
  const vocabulary = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 60_000 }).data ?? null
  const audiences = useApiQuery('/audiences', audienceList).data?.audiences
  const journeys = useApiQuery('/journeys', journeyList, { staleTime: 60_000 }).data?.journeys
  const asking = useAsking()
  const services = useMemo(
    () => ({
      vocabulary,
      attributes: fields === undefined ? null : knownAttributesOf(fields, { zone, currency }),
      audiences: audiences ?? [],
      journeys: journeys ?? [],
      currency,
      nodes: [],
      variables: [],
      ...asking,
    }),
    [vocabulary, fields, zone, audiences, journeys, currency, asking],
  )
  return <ConditionContext value={services}>{children}</ConditionContext>
}
