import type { BoundTag } from '../../shared/api/wecom-tags.ts'
import type { Act, Changes } from './acts.ts'

/** One of the corp's tags, as WeCom has it, and which of the brand's it is. */
export interface Binding {
  readonly tag: string
  readonly tagId: string
  readonly groupId: string
  readonly groupName: string
  readonly name: string
}

export type BindingChanges = Changes<{
  /** WeCom is told of everybody who has the tag. Problem `wecom-tag-bound`. */
  bind(act: Act, binding: Binding): Promise<void>
  /** Both stay where they are, and are told of no more. Problem `not-found`. */
  unbind(act: Act, tagId: string): Promise<void>
}>

/** Which of the brand's tags are which of the corp's. */
export interface WecomTagStore extends BindingChanges {
  list(): Promise<readonly BoundTag[]>
}
