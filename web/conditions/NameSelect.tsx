import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sayName } from '../../shared/conditions/say.ts'
import { useLocale } from '../locales/useLocale.ts'
import fields from '../ui/fields/Field.module.css'

export interface NamedOption {
  readonly name: string
  /** Said instead of what the field calls it. */
  readonly label?: string
  /** A quiet word beside it: a count, an example. */
  readonly note?: string
}

export interface NameSelectProps {
  value: string
  onChange: (name: string) => void
  options: readonly NamedOption[]
  placeholder?: string
  id?: string
  'aria-label'?: string
}

/** Chooses a name that the data knows, said in the reader's words, or takes a new one as it is typed. */
export function NameSelect({ value, onChange, options, ...rest }: NameSelectProps) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const [typed, setTyped] = useState('')
  const known = options.map(({ name, label, note }) => ({
    value: name,
    label: label ?? sayName(name, locale),
    note: note ?? '',
    words: `${name} ${label ?? ''} ${sayName(name, 'zh-CN')} ${sayName(name, 'en')}`.toLowerCase(),
  }))
  const extra = [value, typed.trim()].filter(
    (name, index, all) =>
      name !== '' && all.indexOf(name) === index && !options.some((one) => one.name === name),
  )
  const all = [
    ...known,
    ...extra.map((name) => ({
      value: name,
      label: sayName(name, locale),
      note: name === value ? '' : t('condition.useName'),
      words: name.toLowerCase(),
    })),
  ]
  return (
    <Select
      {...rest}
      className={fields.grow ?? ''}
      style={{ minWidth: 104 }}
      value={value === '' ? null : value}
      options={all}
      popupMatchSelectWidth={240}
      showSearch={{
        onSearch: setTyped,
        filterOption: (text, option) => (option?.words ?? '').includes(text.trim().toLowerCase()),
      }}
      optionRender={({ data }) => (
        <span className={fields.head}>
          <span>{data.label}</span>
          <span className={fields.hint}>{data.note}</span>
        </span>
      )}
      onChange={(name: string) => {
        setTyped('')
        onChange(name)
      }}
    />
  )
}
