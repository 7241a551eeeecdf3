import { InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Span, spanUnits } from '../../../shared/calendar/index.ts'
import { currencySign, minorUnits } from '../../../shared/money.ts'
import { TimeInput } from '../TimeInput.tsx'
import { useFormat } from '../useFormat.ts'
import styles from './Field.module.css'

export interface NumberInputProps {
  value: number | undefined
  onChange: (value: number) => void
  min?: number
  max?: number
  step?: number
  id?: string
  suffix?: string
  'aria-label'?: string
}

/** About how wide a unit is (px), so that it has room beside the number. */
function widthOf(suffix = ''): number {
  return [...suffix].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 13 : 7), 0)
}

/** A number; an emptied field keeps the last one until another is written. */
export function NumberInput({ value, onChange, ...rest }: NumberInputProps) {
  return (
    <InputNumber
      {...rest}
      style={{ width: 64 + widthOf(rest.suffix) }}
      controls={false}
      value={value ?? null}
      onChange={(next) => {
        if (typeof next === 'number') onChange(next)
      }}
    />
  )
}

/** An amount of money: shown in the main unit, kept in minor units. */
export function MoneyInput({ value, onChange, ...rest }: NumberInputProps) {
  const { currency } = useFormat()
  const unit = minorUnits(currency)
  return (
    <InputNumber
      {...rest}
      className={styles.unit ?? ''}
      controls={false}
      prefix={currencySign(currency).trim()}
      min={0}
      value={value === undefined ? null : value / unit}
      onChange={(next) => {
        if (typeof next === 'number') onChange(Math.round(next * unit))
      }}
    />
  )
}

/** A time of day with the word before it, kept on one line. */
export function AtTime({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('nodes')
  return (
    <span className={styles.together}>
      <span className={styles.word}>{t('fields.at')}</span>
      <TimeInput value={value} aria-label={t('fields.time')} onChange={onChange} />
    </span>
  )
}

/** A length of time in words: an amount and its unit. */
export function SpanInput({
  value,
  onChange,
  id,
  min = 1,
}: {
  value: Span
  onChange: (value: Span) => void
  id?: string
  min?: number
}) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <NumberInput
        {...(id === undefined ? {} : { id })}
        value={value.amount}
        min={min}
        max={1_000_000}
        aria-label={t('fields.amount')}
        onChange={(amount) => onChange({ ...value, amount })}
      />
      <Select
        className={styles.choice ?? ''}
        popupMatchSelectWidth={false}
        value={value.unit}
        aria-label={t('fields.unit')}
        options={spanUnits.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
        onChange={(unit) => onChange({ ...value, unit })}
      />
    </>
  )
}
