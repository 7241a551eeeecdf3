import { Input } from 'antd'
import { lazy, Suspense } from 'react'
import styles from './DateInput.module.css'

export interface DateInputProps {
  /** YYYY-MM-DD; '' where there is none. */
  value: string
  onChange: (value: string) => void
  /** The first day that can be chosen. */
  min?: string
  id?: string
  'aria-label'?: string
}

/** The calendar is large, and no page needs it before a date is to be seen. */
const Calendar = lazy(() => import('./Calendar.tsx'))

/** A calendar date, chosen or typed. */
export function DateInput(props: DateInputProps) {
  const { value, id, 'aria-label': label } = props
  return (
    <Suspense
      fallback={<Input className={styles.date ?? ''} value={value} id={id} aria-label={label} readOnly />}
    >
      <Calendar {...props} />
    </Suspense>
  )
}
