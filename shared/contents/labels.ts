import { z } from 'zod'
import { attributeOf, type Customer } from '../conditions/customer.ts'
import { attributeHolds } from '../conditions/evaluate.ts'
import type { Leaf } from '../conditions/schema.ts'
import { limits } from '../limits.ts'
import type { LocalText } from '../text.ts'

/** By what a variant of a content may say whom it is for. */
export const labels = ['stage', 'tier', 'interest', 'persona'] as const
export type Label = (typeof labels)[number]

interface LabelEntry {
  readonly name: LocalText
  /** What of a customer it is compared with, unless the brand says otherwise. */
  readonly attribute: string
}

export const labelEntries = {
  stage: { name: { 'zh-CN': '阶段', en: 'Stage' }, attribute: 'score_stage' },
  tier: { name: { 'zh-CN': '等级', en: 'Tier' }, attribute: 'tier' },
  interest: { name: { 'zh-CN': '兴趣', en: 'Interest' }, attribute: 'score_category' },
  persona: { name: { 'zh-CN': '人设', en: 'Persona' }, attribute: 'owner_team' },
} as const satisfies Record<Label, LabelEntry>

const attribute = z.string().trim().min(1).max(limits.nameLength.value)

/** Which attribute of the customer (a score or the owner's among them) each label asks for; a brand's own decision. */
export const labelAttributes = z.strictObject({
  stage: attribute.default(labelEntries.stage.attribute),
  tier: attribute.default(labelEntries.tier.attribute),
  interest: attribute.default(labelEntries.interest.attribute),
  persona: attribute.default(labelEntries.persona.attribute).describe('Of whoever looks after the customer'),
})
export type LabelAttributes = z.output<typeof labelAttributes>
export const usualLabels: LabelAttributes = labelAttributes.parse({})

const values = z
  .array(z.string().trim().min(1).max(limits.valueLength.value))
  .max(limits.contentLabelValues.value)
  .default([])
  .describe('Any of these fits; empty: the label is not asked')

/** Whom a variant is for: every label that lists values must fit. */
export const variantLabels = z
  .strictObject({ stage: values, tier: values, interest: values, persona: values })
  .refine((given) => labels.some((label) => given[label].length > 0), {
    message: 'a label at least; what is for everybody is the default',
  })
export type VariantLabels = z.output<typeof variantLabels>

/** The labels that a variant asks for, in the order of the table. */
export const askedLabels = (given: VariantLabels): readonly Label[] =>
  labels.filter((label) => given[label].length > 0)

/** A label as the test of a condition: what the count over everybody asks is what is asked of one. */
export function labelTest(
  label: Label,
  given: VariantLabels,
  attributes: LabelAttributes,
): Extract<Leaf, { kind: 'attribute' }> {
  return { kind: 'attribute', name: attributes[label], op: 'in', value: [...given[label]] }
}

/** What of a customer a label has matched; null where it does not fit. */
export function labelFits(
  test: Extract<Leaf, { kind: 'attribute' }>,
  customer: Customer,
  zone: string,
): string | null {
  const actual = attributeOf(customer, test.name)
  if (!attributeHolds(test, actual, customer.types, zone)) return null
  return [actual ?? ''].flat().map(String).join(', ')
}
