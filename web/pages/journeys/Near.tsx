import { useContext } from 'react'
import { localDate } from '../../../shared/calendar/index.ts'
import { When } from '../../ui/figures.tsx'
import { BrandFormat } from '../../ui/zone.ts'
import { useClock } from '../useClock.ts'

/** A moment with its year only where that is not the brand's present one. */
export function Near({ at }: { at: number }) {
  const { zone } = useContext(BrandFormat)
  const now = useClock().data?.now
  const year = (moment: number) => localDate(moment, zone).slice(0, 4)
  return <When at={at} style={now === undefined || year(now) === year(at) ? 'short' : 'dateTime'} />
}
