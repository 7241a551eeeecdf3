import { useEffect, useState } from 'react'
import { asksPicks, type PicksTest } from '../../shared/conditions/picks.ts'
import { type Condition, leavesOf } from '../../shared/conditions/schema.ts'
import { type CatalogueAnswer, useConditionServices } from './context.ts'

/** How long typing must pause before products are looked for (ms). */
const quiet = 150

const nothing: CatalogueAnswer = { products: [], categories: [] }

/** What the brand sells, by part of a number or a title; what was found last stays until the next is known. */
export function useCatalogue(typed: string): CatalogueAnswer {
  const { catalogue } = useConditionServices()
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    const stop = new AbortController()
    // What cannot be had is left out: any may be typed.
    const look = () => catalogue(typed.trim(), stop.signal).then(setFound, () => undefined)
    const timer = setTimeout(look, typed === '' ? 0 : quiet)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [typed, catalogue])
  return found
}

const skusIn = ({ where = [] }: Pick<PicksTest, 'where'>): readonly string[] =>
  where.flatMap(({ field, value }) =>
    field === 'sku' ? [value].flat().filter((one) => typeof one === 'string') : [],
  )

/** The titles of some products by their numbers; until they are known a product is called by its number. */
export function useTitles(skus: readonly string[]): ReadonlyMap<string, string> {
  const { catalogue } = useConditionServices()
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map())
  const asked = [...new Set(skus)].sort().join('\n')
  useEffect(() => {
    if (asked === '') return
    const stop = new AbortController()
    for (const sku of asked.split('\n'))
      catalogue(sku, stop.signal).then(
        ({ products }) => {
          const title = products.find(({ id }) => id === sku)?.title ?? null
          if (title !== null) setTitles((known) => new Map([...known, [sku, title]]))
        },
        () => undefined,
      )
    return () => stop.abort()
  }, [asked, catalogue])
  return titles
}

/** The numbers of the products of which a condition asks whether they are picked. */
export const skusOf = (condition: Condition): readonly string[] =>
  asksPicks(condition)
    ? leavesOf(condition).flatMap((leaf) => (leaf.kind === 'picks' ? skusIn(leaf) : []))
    : []
