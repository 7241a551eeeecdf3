import type { BrandDatabase } from '../database.ts'
import type { NewEvent } from '../events/events.ts'

/** Who of the demo's people is added. */
const adviser = 'adviser'

/**
 * In a sandbox nobody has a WeCom: whoever is said to have become a friend there can be written to from then on, on the
 * on-screen phone. Within the caller's transaction or one of its own.
 */
export function demoFriends({ sqlite }: BrandDatabase): (events: readonly NewEvent[]) => void {
  const follow = sqlite.prepare(
    `insert or ignore into wecom_follows (external_user_id, user_id, customer_id, added_at, state)
     values (@friend, '${adviser}', @id, @at, @state)`,
  )
  const address = sqlite.prepare(
    `insert or ignore into addresses (customer_id, kind, address, added_at, source, verified_at)
     select id, 'external_userid', @friend, @at, 'wecom', @at from customers where id = @id`,
  )
  return (events) => {
    for (const { name, customerId: id, at, properties } of events) {
      if (name !== 'wecom_friend_added') continue
      const { source = null } = properties
      const friend = `wm-${id}`
      if (address.run({ id, friend, at }).changes > 0)
        follow.run({ id, friend, at, state: source === null ? null : String(source) })
    }
  }
}
