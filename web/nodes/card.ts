import type { TFunction } from 'i18next'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import type { NodeTypeName, nodeTypes } from '../../shared/nodes/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type nodeWords from '../locales/zh-CN/nodes.ts'
import type { NodeNumbers } from '../store/numbers.ts'

export type ConfigOf<K extends NodeTypeName> = ReturnType<(typeof nodeTypes)[K]['defaults']>

export interface FormProps<C> {
  /** The node's id. */
  readonly id: string
  readonly config: C
  /**
   * Takes the changed configuration. Changes of the same `field` that follow each other closely are undone
   * together; `declare` names variables that its texts use from now on.
   */
  readonly change: (config: C, field: string, declare?: Journey['variables']) => void
}

/** One number at the foot of a card. */
export interface Figure {
  readonly label: keyof typeof nodeWords.figures
  readonly value: number
  /** Shown as a share of this instead of as a count. */
  readonly of?: number
  readonly tone?: 'plain' | 'bad'
}

/** An entry of the palette besides the type itself, such as a channel. */
export interface Preset<C> {
  /** Part of its test id; the first preset has none and stands for the type. */
  readonly key: string
  readonly name: LocalText
  readonly help: LocalText
  readonly icon: LucideIcon
  /** The word that ids begin with. */
  readonly stem: string
  readonly config: () => C
}

/** What the form calls a field, and of a list's entry its place, counted from 1. */
type FieldName = (t: TFunction<'nodes'>, place: number | null) => string

/** How one node type looks and is edited. */
export interface CardSpec<C> {
  /** The form's words for each field of the configuration, by which problems name it. */
  readonly fields: { readonly [Field in keyof C & string]: FieldName }
  readonly icon: LucideIcon
  readonly iconOf?: (config: C) => LucideIcon
  readonly presets?: readonly Preset<C>[]
  readonly figures: (numbers: NodeNumbers) => readonly Figure[]
  /** Whether the sentence may be polished by a model, which the card marks. */
  readonly polished?: (config: C) => boolean
  readonly form: ComponentType<FormProps<C>>
}

/** A card with its configuration's type forgotten; what it is given must have passed the type's schema. */
export interface AnyCard extends Omit<CardSpec<unknown>, 'fields'> {
  readonly fields: Readonly<Record<string, FieldName>>
}

export interface Card<C> extends CardSpec<C> {
  readonly erased: AnyCard
}
export type NodeCard<K extends NodeTypeName> = Card<ConfigOf<K>>

/**
 * Forgets a configuration's type, as defineNode of shared/nodes does: the one boundary, as all callers pass
 * configurations that the type's own schema has read.
 */
export function defineCard<C>(spec: CardSpec<C>): Card<C> {
  return { ...spec, erased: spec as unknown as AnyCard }
}

/** The form's words for the field that a path leads to or into; null where it has none. */
export function fieldName(card: AnyCard, path: string, t: TFunction<'nodes'>): string | null {
  const [field = '', place] = path.split('.')
  const name = Object.hasOwn(card.fields, field) ? card.fields[field] : undefined
  return name?.(t, place !== undefined && /^\d+$/.test(place) ? Number(place) + 1 : null) ?? null
}

/** A configuration as the file keeps it: JSON, without what is undefined. */
export function asStored(config: unknown): JourneyNode['config'] {
  const stored: JourneyNode['config'] = JSON.parse(JSON.stringify(config))
  return stored
}
