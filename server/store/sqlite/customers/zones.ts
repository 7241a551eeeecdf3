import { isZone } from '../../../../shared/calendar/index.ts'
import type { BrandDatabase } from '../database.ts'

/** The zones that customers have of their own; a name that no zone bears is not one. */
export function ownZones({ sqlite }: Pick<BrandDatabase, 'sqlite'>): string[] {
  return sqlite
    .prepare<[], string>('select distinct timezone from customers where timezone is not null')
    .pluck()
    .all()
    .filter(isZone)
}
