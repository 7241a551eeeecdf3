import { type Actor, type ActorKind, actorKinds } from '../audit/actor.ts'
import type { LocalText } from '../text.ts'

/** By what a value of a customer can have come. */
export const originKinds = {
  unknown: { 'zh-CN': '来源未知', en: 'Unknown' },
  import: { 'zh-CN': '文件导入', en: 'Import of a file' },
  journey: { 'zh-CN': '旅程', en: 'A journey' },
  demo: { 'zh-CN': '演示数据', en: 'Demo data' },
  ...actorKinds,
} as const satisfies Record<ActorKind | 'unknown' | 'import' | 'journey' | 'demo', LocalText>
export type OriginKind = keyof typeof originKinds

/** Where values come from: one file, one key, one person. */
export interface Origin {
  readonly kind: OriginKind
  /** Of an import its file, of a journey its id, of an actor theirs; empty where the kind says all. */
  readonly name: string
  /** Of an import its id, of an actor the way in. */
  readonly reference: string
}

/** Whoever changes something, as where the values come from; which customer spoke for themselves is no source's to keep. */
export const originOf = ({ kind, id, via }: Actor): Origin => ({
  kind,
  name: kind === 'customer' ? '' : id,
  reference: via,
})

export const demoOrigin: Origin = { kind: 'demo', name: '', reference: '' }

/** A file that is read in. Its values are all of one moment. */
export const importOrigin = (file: string, id: string): Origin => ({
  kind: 'import',
  name: file,
  reference: id,
})

export const journeyOrigin = (journeyId: string): Origin => ({
  kind: 'journey',
  name: journeyId,
  reference: '',
})
