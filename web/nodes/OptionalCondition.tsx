import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../shared/conditions/schema.ts'
import { ConditionEditor } from '../conditions/index.ts'
import { Field, Section } from '../ui/fields/Field.tsx'

/** A further condition on who may enter; off, everybody may. */
export function OptionalCondition({
  value,
  path,
  onChange,
}: {
  value: Condition | null
  path: string
  onChange: (value: Condition | null) => void
}) {
  const { t } = useTranslation('nodes')
  return (
    <Section title={t('audience.title')}>
      <Field
        label={t('audience.only')}
        extra={
          <Switch
            size="small"
            checked={value !== null}
            aria-label={t('audience.only')}
            onChange={(on) => onChange(on ? { kind: 'all', of: [] } : null)}
          />
        }
        path={path}
        hint={value === null ? t('audience.everybody') : undefined}
      >
        {value === null ? null : <ConditionEditor value={value} onChange={onChange} />}
      </Field>
    </Section>
  )
}
