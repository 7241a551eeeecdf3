import { CalendarHeart } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { likelyRepeat } from '../../shared/conditions/own-day.ts'
import { DaysFrom } from '../conditions/festival.tsx'
import { NameSelect } from '../conditions/NameSelect.tsx'
import { useAttributeNames } from '../conditions/names.ts'
import { RepeatSelect } from '../conditions/RepeatSelect.tsx'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { AtTime } from '../ui/fields/inputs.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { OptionalCondition } from './OptionalCondition.tsx'

type Config = ConfigOf<'customer_date'>

function CustomerDateForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const names = useAttributeNames()
  return (
    <>
      <Section title={t('customerDate.when')}>
        <Field label={t('customerDate.attribute')} path="attribute" hint={t('customerDate.hint')}>
          <NameSelect
            value={config.attribute}
            options={names}
            aria-label={t('customerDate.attribute')}
            onChange={(attribute) =>
              change({ ...config, attribute, repeat: likelyRepeat(attribute) }, 'attribute')
            }
          />
        </Field>
        <Field path="days">
          <Row>
            <DaysFrom
              value={config.days}
              max={180}
              onChange={(days) => change({ ...config, days }, 'days')}
            />
            <AtTime value={config.time} onChange={(time) => change({ ...config, time }, 'time')} />
          </Row>
        </Field>
        <Field label={t('repeat.label')} path="repeat" hint={t('repeat.hint')}>
          <RepeatSelect
            value={config.repeat ?? (config.attribute === 'birthday' ? 'yearly' : undefined)}
            onChange={(repeat) => change({ ...config, repeat }, 'repeat')}
          />
        </Field>
      </Section>
      <OptionalCondition
        value={config.audience}
        path="audience"
        onChange={(audience) => change({ ...config, audience }, 'audience')}
      />
    </>
  )
}

export const customerDate = defineCard<Config>({
  icon: CalendarHeart,
  figures: (numbers) => [{ label: 'entered', value: numbers.in }],
  fields: {
    attribute: (t) => t('customerDate.attribute'),
    days: (t) => t('customerDate.when'),
    time: (t) => t('customerDate.when'),
    repeat: (t) => t('repeat.label'),
    audience: (t) => t('audience.title'),
  },
  form: CustomerDateForm,
})
