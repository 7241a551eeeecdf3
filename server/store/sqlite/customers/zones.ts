import { isZone } from '../../../../shared/calendar/index.ts'
import type { BrandDatabase } from '../database.ts'

/** A name that no zone bears, from another program or for a machine that knows more zones, is none: the brand's counts. */
export const knownZone = (name: string | null): string | null => (name === null || isZone(name) ? name : null)

/** The zones that customers have of their own; a name that no zone bears is not one. */
export function ownZones({ sqlite }: Pick<BrandDatabase, 'sqlite'>): string[] {
  return sqlite
    .prepare<[], string>('select distinct timezone from customers where timezone is not null')
    .pluck()
    .all()
    .filter(isZone)
}
