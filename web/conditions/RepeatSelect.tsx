import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Repeat, repeats } from '../../shared/conditions/schema.ts'
import fields from '../ui/fields/Field.module.css'

/** Whether a day of the customer comes again each year, or once. */
export function RepeatSelect({
  value,
  onChange,
}: {
  value: Repeat | undefined
  onChange: (value: Repeat) => void
}) {
  const { t } = useTranslation('nodes')
  return (
    <Select
      className={fields.choice ?? ''}
      popupMatchSelectWidth={false}
      value={value ?? null}
      placeholder={t('repeat.label')}
      aria-label={t('repeat.label')}
      options={repeats.map((one) => ({ value: one, label: t(`repeat.${one}`) }))}
      onChange={(next) => {
        if (next !== null) onChange(next)
      }}
    />
  )
}
