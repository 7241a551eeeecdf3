import type { WecomMedia } from '../../../ports/wecom.ts'
import type { BrandDatabase } from '../database.ts'

/** By what WeCom knows the pictures that were brought to it. */
export function mediaKeeper(db: BrandDatabase): WecomMedia {
  const { sqlite } = db
  const known = sqlite.prepare<
    { corpId: string; pictures: string; since: number; now: number },
    { picture: string; mediaId: string }
  >(
    `update wecom_media set used_at = @now where corp_id = @corpId and given_at >= @since
       and picture in (select value from json_each(@pictures)) returning picture, media_id as mediaId`,
  )
  const keep = sqlite.prepare(
    `insert into wecom_media (corp_id, picture, media_id, given_at, used_at)
     values (@corpId, @picture, @mediaId, @at, @at)
     on conflict do update set media_id = excluded.media_id, given_at = excluded.given_at`,
  )
  const forget = sqlite.prepare(
    'update wecom_media set given_at = 0 where media_id in (select value from json_each(?))',
  )
  const due = sqlite
    .prepare<{ corpId: string; before: number; usedSince: number; limit: number }, string>(
      `select picture from wecom_media where corp_id = @corpId and given_at < @before and used_at >= @usedSince
       order by used_at desc limit @limit`,
    )
    .pluck()
  const drop = sqlite.prepare('delete from wecom_media where used_at < ?')
  const picture = sqlite.prepare<[string], Uint8Array>('select data from asset_files where hash = ?').pluck()
  const run = <T>(work: () => T): Promise<T> =>
    db.steady.run(async () => sqlite.transaction(work).immediate())
  return {
    async media(corpId, pictures, { since, now }) {
      if (pictures.length === 0) return new Map()
      const rows = await run(() => known.all({ corpId, pictures: JSON.stringify(pictures), since, now }))
      return new Map(rows.map((row) => [row.picture, row.mediaId]))
    },
    keepMedia: (given) => run(() => void keep.run(given)),
    forgetMedia: (mediaIds) => run(() => void forget.run(JSON.stringify(mediaIds))),
    mediaToRenew: (corpId, { usedSince, ...rest }) =>
      run(() => {
        drop.run(usedSince)
        return due.all({ corpId, usedSince, ...rest })
      }),
    picture: (hash) => db.steady.run(async () => picture.get(hash) ?? null),
  }
}
