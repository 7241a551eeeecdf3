import type { Content } from '../../../../shared/contents/content.ts'
import type { BrandDatabase } from '../database.ts'

/** Writes a content within the caller's transaction; each time that it is written raises its revision. */
export function contentWriter({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): (content: Content, at: number) => void {
  const put = sqlite.prepare(
    `insert into contents (key, content, revision, created_at, updated_at) values (@key, @content, 1, @at, @at)
     on conflict do update set content = excluded.content, revision = revision + 1, updated_at = excluded.updated_at`,
  )
  return (content, at) => {
    put.run({ key: content.key, content: JSON.stringify(content), at })
  }
}
