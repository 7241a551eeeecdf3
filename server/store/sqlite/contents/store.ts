import type { ContentSave } from '../../../../shared/api/contents.ts'
import { type Content, contentIn } from '../../../../shared/contents/content.ts'
import { textsIn } from '../../../../shared/contents/fields.ts'
import { sayVariant } from '../../../../shared/contents/words.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import { contentsNamed, nestingFault } from '../../../../shared/message/contents-named.ts'
import { describeRenderProblem } from '../../../../shared/message/problems.ts'
import { variablesOf } from '../../../../shared/message/variables.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import type { ContentStore } from '../../../ports/contents.ts'
import { InUse, type Use } from '../../../ports/uses.ts'
import { usesOf } from '../audiences/uses.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { type ContentRow, keptOf, readLibrary, rowAt, rowsOf } from './read.ts'
import { contentWriter } from './write.ts'

/** Problems `content-unreadable`, `content-lost`, `content-circle`, `content-deep`. */
function mustStand(content: Content, library: readonly Content[]): void {
  for (const { variant, field, locale, text } of textsIn(content)) {
    const place = ['content', variant, field, locale].filter((part) => part !== '').join('.')
    const [problem] = variablesOf(text).problems
    const name = sayVariant(variant)
    if (problem !== undefined) {
      const { message } = describeRenderProblem(problem)
      const details = { variant: name.en, detail: message.en }
      throw new Problem('content-unreadable', details, place)
    }
    const lost = contentsNamed(text).find(
      (key) => key !== content.key && contentIn(library, key) === undefined,
    )
    if (lost !== undefined) throw new Problem('content-lost', { variant: name.en, content: lost }, place)
  }
  const fault = nestingFault(content, library)
  if (fault === null) return
  const details = { way: fault.way.join(' → '), limit: limits.contentDepth.value }
  throw new Problem(fault.code, details, 'content')
}

/** The library of one brand's database. */
export function contentStore(db: BrandDatabase): ContentStore {
  const { sqlite } = db
  const change = changer(db)
  const write = contentWriter(db)
  const drop = sqlite.prepare('delete from contents where key = ?')
  const count = sqlite.prepare<[], number>('select count(*) from contents').pluck()
  const must = (key: string): ContentRow => {
    const row = rowAt(db, key)
    if (row === undefined) throw new Problem('not-found', { what: key }, 'key')
    return row
  }
  /** What is there may be changed by whoever has seen it as it is. */
  const mustFollow = ({ content, revision }: ContentSave): void => {
    const { key, kind } = content
    if (revision === null) {
      if (rowAt(db, key) !== undefined) throw new Problem('content-exists', { content: key }, 'content.key')
      const limit = limits.contents.value
      if ((count.get() ?? 0) >= limit) throw new Problem('contents-too-many', { limit })
      return
    }
    const row = must(key)
    if (row.revision !== revision)
      throw new Problem('content-stale', { content: key, revision, current: row.revision }, 'revision')
    const before = keptOf(row)
    if (before !== null && before.content.kind !== kind)
      throw new Problem('content-kind-fixed', { content: key }, 'content.kind')
  }
  const save = (saving: ContentSave, at: number): void => {
    const { content } = saving
    mustFollow(saving)
    const others = readLibrary(db).filter(({ key }) => key !== content.key)
    mustStand(content, [...others, content])
    write(content, at)
  }
  const uses = (key: string, registry: Registry): Use[] => {
    must(key)
    return usesOf(db, { kind: 'content', name: key }, registry)
  }
  return {
    list: async () => rowsOf(db).flatMap((row) => keptOf(row) ?? []),
    async get(key) {
      const kept = keptOf(must(key))
      if (kept === null) throw new Problem('not-found', { what: key }, 'key')
      return kept
    },
    uses: async (key, registry) => uses(key, registry),
    libraryWith: async (content) => [...readLibrary(db).filter(({ key }) => key !== content.key), content],
    save: async (act, saving) =>
      change(
        act,
        () => save(saving, act.at),
        () => ({ action: 'content.saved', id: saving.content.key }),
      ),
    remove: async (act, key, registry) =>
      change(
        act,
        () => {
          const named = uses(key, registry)
          if (named.length > 0) throw new InUse('content-in-use', { content: key }, named)
          drop.run(key)
        },
        () => ({ action: 'content.removed', id: key }),
      ),
  }
}
