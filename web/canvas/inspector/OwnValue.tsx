import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JourneyValue } from '../../../shared/journey/values.ts'
import styles from './Inspector.module.css'

/** What kinds of value a variable may have; none: it is an attribute of the customer, or a property of the entry. */
const kinds = ['none', 'text', 'number', 'yesNo'] as const
type Kind = (typeof kinds)[number]

const fresh: Readonly<Record<Kind, JourneyValue | undefined>> = {
  none: undefined,
  text: '',
  number: 0,
  yesNo: true,
}

function kindOf(value: JourneyValue | undefined): Kind {
  if (value === undefined) return 'none'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'yesNo' : 'text'
}

interface Props {
  name: string
  value: JourneyValue | undefined
  onChange: (value: JourneyValue | undefined) => void
}

/** The journey's own value of a variable, which may be changed while it runs. */
export function OwnValue({ name, value, onChange }: Props) {
  const { t } = useTranslation('canvas')
  return (
    <div className={`${styles.variable} ${styles.own}`}>
      <Select
        size="small"
        value={kindOf(value)}
        aria-label={t('variables.kind', { name })}
        options={kinds.map((kind) => ({ value: kind, label: t(`variables.kinds.${kind}`) }))}
        onChange={(kind) => onChange(fresh[kind])}
      />
      {value === undefined ? null : <ValueInput name={name} value={value} onChange={onChange} />}
    </div>
  )
}

interface InputProps {
  name: string
  value: JourneyValue
  onChange: (value: JourneyValue) => void
}

/** A value as its kind is written. */
export function ValueInput({ name, value, onChange }: InputProps) {
  const { t } = useTranslation('canvas')
  const label = t('variables.value', { name })
  if (typeof value === 'number')
    return (
      <InputNumber
        size="small"
        style={{ width: '100%' }}
        value={value}
        aria-label={label}
        onChange={(next) => onChange(next ?? 0)}
      />
    )
  if (typeof value === 'boolean')
    return (
      <Select
        size="small"
        value={value ? 'yes' : 'no'}
        aria-label={label}
        options={(['yes', 'no'] as const).map((one) => ({ value: one, label: t(`variables.${one}`) }))}
        onChange={(next) => onChange(next === 'yes')}
      />
    )
  return (
    <Input size="small" value={value} aria-label={label} onChange={({ target }) => onChange(target.value)} />
  )
}
