import type { FollowedLink, LinkStore } from '../../../ports/links.ts'
import type { BrandDatabase } from '../database.ts'

/** The short links of one brand's database. */
export function linkStore({ sqlite }: BrandDatabase): LinkStore {
  const find = sqlite.prepare<[string], FollowedLink>(
    `select l.code, l.customer_id as customerId, m.id as messageId, m.channel, l.target, l.until, l.after
     from links l join messages m on m.enrollment_id = l.enrollment_id and m.node = l.node and m.visit = l.visit
       and m.turn = l.turn
     where l.code = ?`,
  )
  const add = sqlite.prepare(
    `update links set clicks = clicks + @people, robots = robots + @robots,
       first_at = case when @people > 0 then coalesce(first_at, @at) else first_at end
     where code = @code`,
  )
  const addAll = sqlite.transaction((pressed: Parameters<LinkStore['count']>[0]) => {
    for (const one of pressed) add.run(one)
  })
  return {
    find: async (code) => find.get(code) ?? null,
    count: async (pressed) => {
      addAll.immediate(pressed)
    },
  }
}
