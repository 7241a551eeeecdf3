import type { Condition } from '../conditions/schema.ts'
import { openOn } from './choose.ts'
import { type Content, defaultVariant } from './content.ts'
import { askedLabels, type LabelAttributes, labelTest, type VariantLabels } from './labels.ts'

const fitsAll = (given: VariantLabels, attributes: LabelAttributes): Condition => ({
  kind: 'all',
  of: askedLabels(given).map((label) => labelTest(label, given, attributes)),
})

/**
 * Who is shown which variant, as conditions that leave nobody out and have nobody twice: those of more labels come
 * first, of equals the earlier, and the default is for whom no other is. Nobody is shown an offer outside its dates.
 */
export function whoGets(
  content: Content,
  attributes: LabelAttributes,
  day: string,
): { readonly variant: string; readonly condition: Condition }[] {
  const given: readonly { readonly id: string; readonly labels: VariantLabels }[] = content.variants
  const isOpen = openOn(content, day)
  const ranked = given
    .filter(({ id }) => isOpen.has(id))
    .sort((a, b) => askedLabels(b.labels).length - askedLabels(a.labels).length)
  const before: Condition[] = []
  const found = ranked.map(({ id, labels }) => {
    const fits = fitsAll(labels, attributes)
    const condition: Condition = {
      kind: 'all',
      of: [fits, ...before.map((of): Condition => ({ kind: 'not', of }))],
    }
    before.push(fits)
    return { variant: id, condition }
  })
  // An empty list of alternatives holds for nobody, so that the default is everybody's.
  const nobodyElses: Condition = { kind: 'not', of: { kind: 'any', of: before } }
  return [...found, { variant: defaultVariant, condition: nobodyElses }]
}
