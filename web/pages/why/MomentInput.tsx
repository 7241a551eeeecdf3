import { Input } from 'antd'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localDate, localTime, parseInstant } from '../../../shared/calendar/index.ts'
import { BrandFormat } from '../../ui/zone.ts'
import styles from './Why.module.css'

export interface MomentInputProps {
  readonly value: number
  readonly label: string
  readonly onChange: (at: number) => void
}

/** A moment as it can be typed, in the brand's zone; what cannot be read changes nothing, and says so. */
export function MomentInput({ value, label, onChange }: MomentInputProps) {
  const { t } = useTranslation('customers')
  const { zone } = useContext(BrandFormat)
  const written = `${localDate(value, zone)} ${localTime(value, zone)}`
  const [text, setText] = useState(written)
  const bad = text !== written && parseInstant(text.trim(), zone) === null
  return (
    <>
      <Input
        className={styles.moment ?? ''}
        value={text}
        aria-label={label}
        {...(bad ? { status: 'error' as const } : {})}
        onChange={(event) => {
          const typed = event.target.value
          setText(typed)
          const at = typed === written ? value : parseInstant(typed.trim(), zone)
          if (at !== null) onChange(at)
        }}
      />
      {bad ? <p className={styles.problem}>{t('orders.badTime')}</p> : null}
    </>
  )
}
