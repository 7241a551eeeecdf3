import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reentry } from '../../../shared/journey/graph.ts'
import { Field, NumberInput, Row, Word } from '../../nodes/index.ts'

const kinds = ['never', 'after_leaving', 'after_days', 'keyed'] as const

/** Whether somebody who has been in the journey may come in again. */
export function ReentryFields({ value, onChange }: { value: Reentry; onChange: (value: Reentry) => void }) {
  const { t } = useTranslation('canvas')
  const starts: { [K in Reentry['kind']]: Reentry } = {
    never: { kind: 'never' },
    after_leaving: { kind: 'after_leaving' },
    after_days: { kind: 'after_days', days: 30 },
    keyed: { kind: 'keyed', property: 'order_id' },
  }
  return (
    <Field label={t('reentry.title')} hint={t(`reentry.hints.${value.kind}`)}>
      <Select
        value={value.kind}
        aria-label={t('reentry.title')}
        options={kinds.map((kind) => ({ value: kind, label: t(`reentry.kinds.${kind}`) }))}
        onChange={(kind) => onChange(starts[kind])}
      />
      {value.kind === 'after_days' ? (
        <Row>
          <Word>{t('reentry.after')}</Word>
          <NumberInput
            value={value.days}
            min={1}
            max={3650}
            aria-label={t('reentry.days')}
            onChange={(days) => onChange({ ...value, days })}
          />
          <Word>{t('reentry.days')}</Word>
        </Row>
      ) : null}
      {value.kind === 'keyed' ? (
        <PropertyInput value={value.property} onChange={(property) => onChange({ ...value, property })} />
      ) : null}
    </Field>
  )
}

/** The property's name; emptied, the old one stays until another is written. */
function PropertyInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('canvas')
  const [emptied, setEmptied] = useState(false)
  return (
    <Input
      value={emptied ? '' : value}
      maxLength={100}
      aria-label={t('reentry.property')}
      placeholder={t('reentry.property')}
      onBlur={() => setEmptied(false)}
      onChange={({ target }) => {
        setEmptied(target.value === '')
        if (target.value !== '') onChange(target.value)
      }}
    />
  )
}
