import type { ContentAnswer, ContentCounts, ContentSave, KeptContent } from '../../shared/api/contents.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { checkContent } from '../../shared/compile/index.ts'
import type { Content } from '../../shared/contents/content.ts'
import { whoGets } from '../../shared/contents/who.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'
import type { Use } from '../ports/uses.ts'

/** What the library's use cases work with. */
export interface ContentDesk extends Desk {
  /** Has what has been saved shown from the next message on. */
  reconfigure(what: 'brand'): Promise<void>
}

export async function listContents({ stores }: Desk): Promise<KeptContent[]> {
  return [...(await stores.contents.list())]
}

/** Problem `not-found`. */
export async function readContent({ stores }: Desk, key: string): Promise<ContentAnswer> {
  const kept = await stores.contents.get(key)
  const library = (await stores.contents.list()).map(({ content }) => content)
  return { ...kept, findings: checkContent(kept.content, library) }
}

/** Problems of ContentStore.save; messages show it from then on. */
export async function saveContent(
  desk: ContentDesk,
  actor: Actor,
  { key, saving }: { readonly key: string; readonly saving: ContentSave },
): Promise<ContentAnswer> {
  if (saving.content.key !== key)
    throw new Problem('invalid-request', { detail: `key: ${key}` }, 'content.key')
  await desk.stores.contents.save(desk.act(actor), saving)
  await desk.reconfigure('brand')
  return readContent(desk, key)
}

/** Problems `not-found`, `content-in-use`. */
export async function removeContent(desk: ContentDesk, actor: Actor, key: string): Promise<void> {
  await desk.stores.contents.remove(desk.act(actor), key, desk.registry)
  await desk.reconfigure('brand')
}

/** All that names a content. */
export async function usesOfContent({ stores, registry }: Desk, key: string): Promise<Use[]> {
  return [...(await stores.contents.uses(key, registry))]
}

/** How many customers are shown which variant now. */
export async function countVariants(
  { stores, brand, now }: Desk,
  { content }: { readonly content: Content },
): Promise<ContentCounts> {
  const { zone, labels } = brand()
  const at = { now: now(), zone }
  const asked = whoGets(content, labels, localDate(at.now, zone))
  const variants: ContentCounts['variants'] = []
  let of = 0
  // One after another: each looks over everybody.
  for (const { variant, condition } of asked) {
    const found = await stores.audiences.count(condition, at)
    variants.push({ variant, count: found.count })
    of = found.of
  }
  return { of, variants }
}
