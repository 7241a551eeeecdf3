import type { Asked } from '../ports/audiences.ts'
import type { Desk } from '../ports/desk.ts'

/** Now, as conditions see it. */
export const askedNow = ({ now, brand }: Pick<Desk, 'now' | 'brand'>): Asked => ({
  now: now(),
  zone: brand().zone,
})
