import type { ContentSave, KeptContent } from '../../shared/api/contents.ts'
import type { Content } from '../../shared/contents/content.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Act, Changes } from './acts.ts'
import type { Use } from './uses.ts'

export type ContentChanges = Changes<{
  /**
   * Makes or changes a content. Problems `content-exists`, `not-found`, `content-stale`, `content-kind-fixed`,
   * `content-unreadable`, `content-lost`, `content-circle`, `content-deep`, `contents-too-many`.
   */
  save(act: Act, saving: ContentSave): Promise<void>
  /** Problems `not-found`, `content-in-use` (an InUse). */
  remove(act: Act, key: string, registry: Registry): Promise<void>
}>

/** What messages show each customer in the variant that is for them. */
export interface ContentStore extends ContentChanges {
  /** All that can be read, by their keys. */
  list(): Promise<readonly KeptContent[]>
  /** Problem `not-found`. */
  get(key: string): Promise<KeptContent>
  /** All that names one, other contents among them. Problem `not-found`. */
  uses(key: string, registry: Registry): Promise<readonly Use[]>
  /** Without those of a content given. */
  libraryWith(content: Content): Promise<readonly Content[]>
}
