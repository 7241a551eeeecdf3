import { AutoComplete } from 'antd'
import { useState } from 'react'
import { isTime } from '../../shared/calendar/index.ts'
import styles from './DateInput.module.css'

export interface TimeInputProps {
  /** HH:MM */
  value: string
  onChange: (value: string) => void
  id?: string
  'aria-label'?: string
}

/** What was typed as HH:MM: `9:30`, `0930` and `9：30` are 09:30; null where it is no time. */
export function readTime(text: string): string | null {
  const found = /^\s*(\d{1,2})\s*[:：.]?\s*(\d{2})\s*$/.exec(text)
  if (found?.[1] === undefined || found[2] === undefined) return null
  const time = `${found[1].padStart(2, '0')}:${found[2]}`
  return isTime(time) ? time : null
}

const hours = Array.from({ length: 15 }, (_hour, index) => ({
  value: `${String(index + 7).padStart(2, '0')}:00`,
}))

/** A local time of day, HH:MM, however the browser would write it. What is no time is put right on leaving. */
export function TimeInput({ value, onChange, ...rest }: TimeInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <AutoComplete
      {...rest}
      className={styles.time ?? ''}
      value={typed ?? value}
      options={hours}
      popupMatchSelectWidth={96}
      status={typed === null || readTime(typed) !== null ? '' : 'error'}
      onChange={(text: string) => {
        setTyped(text)
        const time = readTime(text)
        if (time !== null) onChange(time)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
