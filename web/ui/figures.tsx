import { Tooltip } from 'antd'
import type { TimeStyle } from './time.ts'
import { useFormat } from './useFormat.ts'

/** A count, with an optional unit set apart by a space. `short` uses 万 and 亿, or K and M. */
export function Count({ value, unit, short = false }: { value: number; unit?: string; short?: boolean }) {
  const format = useFormat()
  const text = format.count(value, short)
  return (
    <span title={short ? format.count(value) : undefined}>
      {text}
      {unit === undefined ? null : ` ${unit}`}
    </span>
  )
}

/** Money in minor units, in the brand's currency unless another is named. */
export function Money({ minor, currency }: { minor: number; currency?: string }) {
  const format = useFormat()
  return <span>{format.money(minor, currency)}</span>
}

/** An instant (epoch ms) in the brand's zone; the whole of it on hover. */
export function When({ at, style = 'dateTime' }: { at: number; style?: TimeStyle }) {
  const format = useFormat()
  return (
    <Tooltip title={style === 'full' ? undefined : format.time(at, 'full')}>
      <time dateTime={new Date(at).toISOString()}>{format.time(at, style)}</time>
    </Tooltip>
  )
}
