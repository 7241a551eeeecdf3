import { type ReactNode, useContext, useMemo } from 'react'
import { useStore } from 'zustand'
import { attributeList } from '../../../shared/api/attributes.ts'
import { audienceList, vocabularyAnswer } from '../../../shared/api/customers.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { chosenBrand } from '../../api/brand.ts'
import { apiFor } from '../../api/client.ts'
import { useApiQuery } from '../../api/query.ts'
import { ConditionContext, ConditionEditor, knownAttributesOf } from '../../conditions/index.ts'
import { BrandFormat } from '../../ui/zone.ts'
import { counter } from '../counting.ts'

/** Counts a condition over the brand that is shown. */
function useCount() {
  const brand = useStore(chosenBrand, (state) => state.brand)
  return useMemo(() => counter(apiFor(brand)), [brand])
}

/** What conditions of this brand may speak of, for the editors below it. */
export function ConditionWords({ children }: { children: ReactNode }) {
  const { currency, zone } = useContext(BrandFormat)
  const fields = useApiQuery('/attributes', attributeList, { staleTime: 60_000 }).data
  const vocabulary = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 60_000 }).data ?? null
  const audiences = useApiQuery('/audiences', audienceList).data?.audiences
  const count = useCount()
  const services = useMemo(
    () => ({
      vocabulary,
      attributes: fields === undefined ? null : knownAttributesOf(fields, { zone, currency }),
      audiences: audiences ?? [],
      currency,
      nodes: [],
      variables: [],
      count,
    }),
    [vocabulary, fields, zone, audiences, currency, count],
  )
  return <ConditionContext value={services}>{children}</ConditionContext>
}

/** A form field that holds a condition. */
export function ConditionField({
  value = { kind: 'all', of: [] },
  onChange,
}: {
  value?: Condition
  onChange?: (value: Condition) => void
}) {
  return (
    <ConditionWords>
      <ConditionEditor value={value} onChange={(next) => onChange?.(next)} />
    </ConditionWords>
  )
}
