import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field, Row, Word } from '../ui/fields/Field.tsx'
import { NumberInput } from '../ui/fields/inputs.tsx'

/** The most times that one customer may pass a wait: what makes a loop legal. */
export function VisitLimit({
  value,
  onChange,
}: {
  value: number | null
  onChange: (value: number | null) => void
}) {
  const { t } = useTranslation('nodes')
  return (
    <Field
      label={t('visits.title')}
      path="maxVisits"
      hint={t('visits.hint')}
      extra={
        <Switch
          size="small"
          checked={value !== null}
          aria-label={t('visits.title')}
          onChange={(on) => onChange(on ? 3 : null)}
        />
      }
    >
      {value === null ? null : (
        <Row>
          <Word>{t('visits.most')}</Word>
          <NumberInput value={value} min={1} max={1000} aria-label={t('visits.title')} onChange={onChange} />
          <Word>{t('visits.times')}</Word>
        </Row>
      )}
    </Field>
  )
}
