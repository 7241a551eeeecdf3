import { wordOf } from '../models/scores.ts'
import type { LocalText } from '../text.ts'
import type { Chosen, ChosenWhy } from './choose.ts'
import { defaultVariant } from './content.ts'
import {
  askedLabels,
  type Label,
  type LabelAttributes,
  labelEntries,
  labels,
  type VariantLabels,
} from './labels.ts'

const both = (parts: readonly LocalText[], zh: string, en: string): LocalText => ({
  'zh-CN': parts.map((part) => part['zh-CN']).join(zh),
  en: parts.map((part) => part.en).join(en),
})

/** A value of a label as people say it: a stage by its name. */
export function sayLabelValue(attribute: string, value: string): LocalText {
  return wordOf(attribute, value) ?? { 'zh-CN': value, en: value }
}

const labelled = (label: Label, values: LocalText): LocalText => ({
  'zh-CN': `${labelEntries[label].name['zh-CN']}：${values['zh-CN']}`,
  en: `${labelEntries[label].name.en}: ${values.en}`,
})

/** Whom a variant is for, in words. */
export function sayLabels(given: VariantLabels, attributes: LabelAttributes): LocalText {
  const parts = askedLabels(given).map((label) => {
    const values = given[label].map((value) => sayLabelValue(attributes[label], value))
    return labelled(label, both(values, '、', ' or '))
  })
  return both(parts, '；', '; ')
}

/** Why a variant was chosen, in words. */
export function sayChosenWhy(why: ChosenWhy): LocalText {
  if (why.code === 'default') return { 'zh-CN': '没有别的变体合适', en: 'no other variant fits' }
  const parts = labels.flatMap((label) => {
    const value = why.matched[label]
    // The trace keeps the value alone; a stage is known by its word whatever the attribute is called.
    return value === undefined ? [] : [labelled(label, sayLabelValue(labelEntries[label].attribute, value))]
  })
  return both(parts, '；', '; ')
}

/** What a variant is called: the default by its word. */
export const sayVariant = (id: string): LocalText =>
  id === defaultVariant ? { 'zh-CN': '默认', en: 'default' } : { 'zh-CN': id, en: id }

/** Which variant of a content was shown and why, in words. */
export function sayChosen({ variant, why }: Chosen): LocalText {
  const name = sayVariant(variant)
  const said = sayChosenWhy(why)
  return { 'zh-CN': `${name['zh-CN']}（${said['zh-CN']}）`, en: `${name.en} (${said.en})` }
}
