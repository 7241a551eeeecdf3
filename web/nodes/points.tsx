import { Input, Segmented } from 'antd'
import { Coins } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { NumberInput } from '../ui/fields/inputs.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'points'>

function PointsForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { way, points, validDays, reason } = config
  return (
    <Section>
      <Field label={t('points.way')}>
        <Segmented
          block
          value={way}
          aria-label={t('points.way')}
          options={(['give', 'take'] as const).map((value) => ({ value, label: t(`points.ways.${value}`) }))}
          onChange={(next) => change({ ...config, way: next, validDays: null }, 'way')}
        />
      </Field>
      <Field label={t('points.points')} path="points">
        <Row>
          <NumberInput
            value={points}
            min={1}
            max={100_000_000}
            aria-label={t('points.points')}
            onChange={(next) => change({ ...config, points: next }, 'points')}
          />
        </Row>
      </Field>
      {way === 'give' ? (
        <Field label={t('points.valid')} path="validDays" hint={t('points.validHint')}>
          {(id) => (
            <Input
              id={id}
              type="number"
              min={1}
              max={3650}
              suffix={t('units.day')}
              value={validDays ?? ''}
              onChange={({ target }) => {
                const days = Number.parseInt(target.value, 10)
                change({ ...config, validDays: Number.isNaN(days) ? null : days }, 'validDays')
              }}
            />
          )}
        </Field>
      ) : null}
      <Field label={t('points.reason')} path="reason" hint={t('points.reasonHint')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={100}
            onChange={({ target }) => change({ ...config, reason: target.value }, 'reason')}
          />
        )}
      </Field>
    </Section>
  )
}

export const points = defineCard<Config>({
  icon: Coins,
  figures: ({ ports }) => [{ label: 'pointed', value: (ports.given ?? 0) + (ports.taken ?? 0) }],
  fields: {
    way: (t) => t('points.way'),
    points: (t) => t('points.points'),
    validDays: (t) => t('points.valid'),
    reason: (t) => t('points.reason'),
  },
  form: PointsForm,
})
