import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import styles from './DateInput.module.css'
import type { DateInputProps } from './DateInput.tsx'

/** How dates are written; those after the first are understood as well. */
const formats = ['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']

/**
 * Ant Design's date picker, in the words of the chosen language. A date here is a day of the calendar and no
 * moment, so the zone of the browser does not matter.
 */
export default function Calendar({ value, onChange, min, ...rest }: DateInputProps) {
  return (
    <DatePicker
      {...rest}
      className={styles.date ?? ''}
      classNames={{ popup: { root: styles.days ?? '' } }}
      value={value === '' ? null : dayjs(value)}
      format={formats}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      showNow={false}
      onChange={(day) => onChange(day?.format('YYYY-MM-DD') ?? '')}
    />
  )
}
