import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useJourney } from '../conditions/editor.ts'
import { Field } from '../ui/fields/Field.tsx'

/**
 * Whether only events of the passage's own key count; shown where re-entry is keyed, for elsewhere a customer
 * has but one passage at a time.
 */
export function Bound({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useTranslation('nodes')
  const reentry = useJourney(({ settings }) => settings.reentry)
  if (reentry.kind !== 'keyed') return null
  const label = t('bound.title', { property: reentry.property })
  return (
    <Field
      label={label}
      path="bound"
      hint={t('bound.hint', { property: reentry.property })}
      extra={<Switch size="small" checked={value} aria-label={label} onChange={onChange} />}
    >
      {null}
    </Field>
  )
}
