import type { BrandDatabase } from '../database.ts'

export interface Unsubscription {
  readonly customerId: string
  readonly channel: string
  readonly at: number
  /** `reply`, `link`, `person` or `import`. */
  readonly source: string
}

/**
 * Rule 20: stops marketing to a customer on a channel at once, what is queued included, within the
 * caller's transaction or one of its own. Answers whether it is new.
 */
export function unsubscriber({ sqlite }: BrandDatabase): (unsubscription: Unsubscription) => boolean {
  const insert = sqlite.prepare(
    'insert or ignore into unsubscribes (customer_id, channel, at, source) values (?, ?, ?, ?)',
  )
  const cancel = sqlite.prepare(
    `update messages set status = 'cancelled', due_at = null, error = 'unsubscribed'
     where customer_id = ? and channel = ? and purpose = 'marketing' and status = 'queued'`,
  )
  return sqlite.transaction(({ customerId, channel, at, source }: Unsubscription) => {
    cancel.run(customerId, channel)
    return insert.run(customerId, channel, at, source).changes === 1
  })
}
